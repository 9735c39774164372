"""What a start asks of Neo4j (its first answer, the schema, the seeds, the plans) has no limit of its own.

It waits as long as Neo4j gets on, and asks again after what passes by itself.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import NamedTuple, Protocol, TypeVar

from service.connection import Connection
from service.errors import QueryTimeout, ServiceError, StartError
from service.graph.failures import first_line, reached, tries
from service.graph.store import Store

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""

_LOOK_SECONDS = 0.2
_LONGEST_PAUSE = 5.0
_UNREACHED_SECONDS = 60.0
"""How long an address at which nobody answers is tried; what answers is waited for by JOINEDUP_START_SECONDS."""


class Step(NamedTuple):
    """What is being done, how much of it is done, and how much there is (0 where nobody knows)."""

    doing: str
    done: int = 0
    total: int = 0


class Stage(NamedTuple):
    """A part of a start: what is said while it lasts, and where it does not end."""

    doing: str
    unfinished: str


COMING_UP = Stage("Starting Neo4j", "Neo4j does not answer yet")
FIRST_ANSWER = Stage(
    "Waiting for Neo4j's first answer", "Neo4j has started but does not answer its first statement yet"
)
PREPARING = Stage("Preparing the graph", "Neo4j has started but has not finished what the start asks of it")


class Patience(Protocol):
    """How long a start waits for a Neo4j."""

    def check(self, stage: Stage, trouble: ServiceError | None = None) -> Step:
        """What Neo4j is doing now. `trouble`: what it said when it was asked last, if that failed.

        Raises StartError where there is nothing left to wait for.
        """
        ...


class Bounded:
    """For a Neo4j of which nothing is seen but its answers: each stage has so many seconds."""

    def __init__(self, uri: str, seconds: float) -> None:
        self._uri = uri
        self._seconds = seconds
        self._stage: Stage | None = None
        self._since = 0.0

    def check(self, stage: Stage, trouble: ServiceError | None = None) -> Step:
        if stage != self._stage:
            self._stage, self._since = stage, time.monotonic()
        waited = time.monotonic() - self._since
        unreached = trouble is not None and not reached(trouble)
        if waited > (min(self._seconds, _UNREACHED_SECONDS) if unreached else self._seconds):
            said = f" ({first_line(trouble.__cause__ or trouble)})" if trouble else ""
            what = "Neo4j cannot be reached" if unreached else stage.unfinished
            raise StartError(
                f"{what}: {self._uri} was waited for {waited:.0f} seconds{said}. Check NEO4J_URI, or set "
                "JOINEDUP_START_SECONDS to more if it is only slow"
            )
        return Step(f"{stage.doing} at {self._uri}")


async def start_with(
    connection: Connection,
    patience: Patience,
    work: Callable[[Store], Awaitable[T]],
    show: Progress = lambda *_: None,
) -> T:
    """Wait for the first answer of a Neo4j, then do `work`, on a store whose statements have no limit.

    What passes by itself (a deadlock, a database that is not there yet, another writer) is tried again; `work` may
    therefore run several times. Raises StartError where `patience` is at its end, and what else `work` raises.
    """
    store = Store(connection, limited=False)
    try:
        await _insist(store.revision, patience, FIRST_ANSWER, show)
        return await _insist(lambda: work(store), patience, PREPARING, show)
    except QueryTimeout as error:
        raise StartError(
            f"Neo4j reached its memory limit with what the start asks of it ({first_line(error.__cause__ or error)}); "
            "give it more (JOINEDUP_NEO4J_MEMORY where joinedup runs it)"
        ) from error
    finally:
        await store.close()


async def _insist(work: Callable[[], Awaitable[T]], patience: Patience, stage: Stage, show: Progress) -> T:
    """The result of `work`, begun again as often as what it failed of is worth it."""
    trouble: ServiceError | None = None
    for failed in count(1):
        attempt = asyncio.ensure_future(work())
        try:
            while not (await asyncio.wait({attempt}, timeout=_LOOK_SECONDS))[0]:
                show(*patience.check(stage, trouble))
            return attempt.result()
        except ServiceError as error:
            if failed >= tries(error):
                raise
            trouble = error
        finally:
            await _ended(attempt)
        show(*patience.check(stage, trouble))
        # Two who met in a deadlock do not come back at the same time.
        await asyncio.sleep(random.uniform(0.5, 1) * min(_LOOK_SECONDS * 2**failed, _LONGEST_PAUSE))
    raise AssertionError("unreachable")


async def _ended(attempt: asyncio.Future[T]) -> None:
    """Leave no attempt behind: one that is given up is cancelled, and what it raises then is of no interest."""
    attempt.cancel()
    await asyncio.wait({attempt}, timeout=_LONGEST_PAUSE)
    if attempt.done() and not attempt.cancelled():
        attempt.exception()
