"""Answers kept while the graph stays as it is, and the watch that sees it change."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from service.errors import StoreUnavailable
from service.graph.store import Store

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.3
"""How often the graph's revision is asked for: whoever writes, readers see it well within a second."""


@dataclass(frozen=True, slots=True)
class Body:
    """A finished answer: bytes ready to send."""

    content: bytes
    media_type: str
    etag: str
    revision: str


class Watch:
    """Knows the graph's revision, and whether Neo4j answers at all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._task: asyncio.Task[None] | None = None
        self.revision: str | None = None
        self.trouble = "Neo4j has not been asked yet"

    async def start(self) -> None:
        await self._look()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def current(self) -> str:
        """Raises StoreUnavailable while Neo4j does not answer."""
        if self.revision is None:
            raise StoreUnavailable(self.trouble)
        return self.revision

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            await self._look()

    async def _look(self) -> None:
        try:
            revision = await self._asked()
        except (StoreUnavailable, TimeoutError) as error:
            if self.revision is not None:
                log.warning("Neo4j does not answer; answers are 503 until it does")
            self.revision, self.trouble = None, str(error) or "Neo4j does not answer in time"
        else:
            if self.revision is None:
                log.info("Neo4j answers, at revision %s", revision)
            self.revision = revision

    async def _asked(self) -> str:
        """The revision within five seconds, asked for twice: a process that was held up has time-outs of its own."""
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(self._store.revision(), timeout=5)
        return await asyncio.wait_for(self._store.revision(), timeout=5)


class KeptAnswers:
    """Answers by request, at most `limit` bytes of them, each for one revision. Those asked for least go first.

    Requests for the same answer at the same time wait for one computation.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[str, Body] = OrderedDict()
        self._flights: dict[str, asyncio.Task[Body]] = {}
        self._began: dict[str, float] = {}

    def get(self, key: str, revision: str | None) -> Body | None:
        body = self._kept.get(key)
        if body is None or body.revision != revision:
            return None
        self._kept.move_to_end(key)
        return body

    async def get_or_make(self, key: str, make: Callable[[], Awaitable[Body]]) -> Body:
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.ensure_future(self._make(key, make))
            self._flights[key], self._began[key] = flight, time.monotonic()
        return await asyncio.shield(flight)

    def seconds(self, key: str) -> float:
        """How long an answer has been made by now; 0 for one that is not being made."""
        return time.monotonic() - self._began.get(key, time.monotonic())

    async def _make(self, key: str, make: Callable[[], Awaitable[Body]]) -> Body:
        try:
            body = await make()
        finally:
            self._flights.pop(key, None)
            self._began.pop(key, None)
        self._keep(key, body)
        return body

    def _keep(self, key: str, body: Body) -> None:
        size = len(body.content) + len(key)
        if size > self._limit // 4:
            return
        if old := self._kept.pop(key, None):
            self._size -= len(old.content) + len(key)
        self._kept[key] = body
        self._size += size
        while self._size > self._limit:
            oldest, gone = self._kept.popitem(last=False)
            self._size -= len(gone.content) + len(oldest)
