"""The graph's revision, looked at again and again: it tells readers of a write, whoever wrote."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Callable

from service.errors import ServiceError, StoreUnavailable
from service.graph.store import Store

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.3
"""How often the graph's revision is asked for: whoever writes, readers see it well within a second."""

FRESH_SECONDS = 5.0
"""How long a look at the graph holds."""

_LOOK_SECONDS = 5.0
_LONGEST_WAIT = 5.0
"""Between two looks while they fail."""


class RevisionWatcher:
    """Knows the graph's revision, and whether Neo4j answers at all.

    Whatever a look at the graph raises is told to those who ask meanwhile, and the next look comes; nothing but `stop`
    ends the watch. What was seen longer ago than FRESH_SECONDS is not known any more.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()
        self._began = self._seen = -math.inf  # when the last look began, and the last good one ended
        self._revision = ""
        self._trouble: str | None = "Neo4j has not been asked yet"

    async def start(self) -> None:
        with contextlib.suppress(StoreUnavailable):
            await self.look()
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @property
    def revision(self) -> str | None:
        """None while it is not known."""
        return None if self._unknown() else self._revision

    def current(self) -> str:
        """Raises StoreUnavailable while it is not known."""
        if trouble := self._unknown():
            raise StoreUnavailable(trouble)
        return self._revision

    async def now(self) -> str:
        """Like `current`; where nothing is wrong but that this process was held up, it looks first."""
        return self.current() if self._trouble or not self._unknown() else await self.look()

    async def look(self) -> str:
        """The revision by a look that begins after this call, one for all who wait. Raises StoreUnavailable."""
        called = self._clock()
        async with self._looking:
            if self._began <= called:
                await self._look()
        return self.current()

    def _unknown(self) -> str | None:
        """Why the revision is not known, if it is not."""
        age = self._clock() - self._seen
        if self._trouble is None and age > FRESH_SECONDS:
            return f"Neo4j last answered {age:.0f} seconds ago; it is asked again by itself"
        return self._trouble

    async def _watch(self) -> None:
        wait = WATCH_SECONDS
        while True:
            await asyncio.sleep(wait)
            try:
                await self.look()
                wait = WATCH_SECONDS
            except StoreUnavailable:
                wait = min(wait * 2, _LONGEST_WAIT)

    async def _look(self) -> None:
        began = self._clock()
        try:
            revision = await self._asked()
        except (Exception, asyncio.CancelledError) as error:
            if _is_stopped():
                raise
            trouble = _in_words(error)
            if self._trouble is None:
                log.warning("The graph cannot be read; answers are 503 until it can: %s", trouble)
                log.debug("The error", exc_info=error)
            self._trouble = trouble
        else:
            if self._trouble is not None:
                log.info("Neo4j answers, at revision %s", revision)
            self._revision, self._seen, self._trouble = revision, self._clock(), None
        self._began = began

    async def _asked(self) -> str:
        """The revision within five seconds, asked for twice: a process that was held up has time-outs of its own."""
        with contextlib.suppress(TimeoutError):
            return await self._asked_once()
        return await self._asked_once()

    async def _asked_once(self) -> str:
        """Unlike asyncio.wait_for it does not wait for what was given up to come to an end."""
        asking = asyncio.ensure_future(self._store.revision())
        asking.add_done_callback(lambda done: done.cancelled() or done.exception())  # of one given up nobody wants it
        try:
            await asyncio.wait({asking}, timeout=_LOOK_SECONDS)
            if not asking.done():
                raise TimeoutError("Neo4j does not answer in time")
            return asking.result()
        finally:
            asking.cancel()


def _is_stopped() -> bool:
    """Whether the task at work was itself cancelled, and not something that it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _in_words(error: BaseException) -> str:
    if isinstance(error, ServiceError | TimeoutError):
        return str(error) or "Neo4j does not answer in time"
    return f"the graph's revision cannot be read ({type(error).__name__}: {error}); it is asked for again by itself"
