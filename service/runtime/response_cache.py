"""Finished answers, kept while the graph stays as it is."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_Key = tuple[str, str]
"""A request, and the revision that it is answered of."""


@dataclass(frozen=True, slots=True)
class Body:
    """A finished answer: bytes ready to send."""

    content: bytes
    media_type: str
    etag: str
    revision: str


class ResponseCache:
    """Answers by request and revision, at most `limit` bytes of them. Those asked for least go first.

    Requests for the same answer of the same revision at the same time wait for one computation.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[_Key, Body] = OrderedDict()
        self._flights: dict[_Key, asyncio.Task[Body]] = {}
        self._began: dict[_Key, float] = {}

    def get(self, request: str, revision: str | None) -> Body | None:
        if revision is None or (body := self._kept.get((request, revision))) is None:
            return None
        self._kept.move_to_end((request, revision))
        return body

    async def get_or_make(self, request: str, revision: str, make: Callable[[], Awaitable[Body]]) -> Body:
        """The answer of this revision, or of a later one where commits come while it is made."""
        key = (request, revision)
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.ensure_future(self._make(key, make))
            self._flights[key], self._began[key] = flight, time.monotonic()
        return await asyncio.shield(flight)

    def seconds(self, request: str, revision: str) -> float:
        """How long an answer has been made by now; 0 for one that is not being made."""
        return time.monotonic() - self._began.get((request, revision), time.monotonic())

    async def _make(self, key: _Key, make: Callable[[], Awaitable[Body]]) -> Body:
        try:
            body = await make()
        finally:
            self._flights.pop(key, None)
            self._began.pop(key, None)
        self._keep((key[0], body.revision), body)
        return body

    def _keep(self, key: _Key, body: Body) -> None:
        size = _size(key, body)
        if size > self._limit // 4:
            return
        if old := self._kept.pop(key, None):
            self._size -= _size(key, old)
        self._kept[key] = body
        self._size += size
        while self._size > self._limit:
            self._size -= _size(*self._kept.popitem(last=False))


def _size(key: _Key, body: Body) -> int:
    return len(body.content) + len(key[0])
