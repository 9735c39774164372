"""Waiting for an event, never for a length of time: a busy machine makes a test slow and not wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx
import pytest

from service.graph.store import Store

LONG = 600.0
"""Seconds after which an event is taken for one that never comes. It measures nothing."""

_BETWEEN = 0.05


async def until(event: Callable[[], Awaitable[object]], what: str) -> None:
    """Wait until `event` gives something true. Fails the test where it never does: `what` says what did not happen."""
    try:
        async with asyncio.timeout(LONG):
            while not await event():  # noqa: ASYNC110
                await asyncio.sleep(_BETWEEN)
    except TimeoutError:
        pytest.fail(f"it never came about that {what}")


def wait_until(event: Callable[[], object], what: str) -> None:
    """The same for a test that is not async."""
    end = time.monotonic() + LONG
    while not event():
        if time.monotonic() > end:
            pytest.fail(f"it never came about that {what}")
        time.sleep(_BETWEEN)


async def caught_up(client: httpx.AsyncClient, store: Store) -> None:
    """Wait until a service answers from the graph as it is now."""
    revision = await store.revision()

    async def there() -> bool:
        return bool((await client.get("/readyz")).json().get("revision") == revision)

    await until(there, f"the service saw the revision {revision}")
