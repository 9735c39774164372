"""One answer, one revision: what was read across a commit is read again.

Neo4j reads what is committed at the moment of each read, within a transaction too: two reads, and one long one, may
see two states of the graph. Its bookmarks tell: a read's bookmark names the last commit before the read's end. Where
that is the revision that was known, and applied, before the first read began, all saw this revision and no other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from service.errors import GraphChanged

T = TypeVar("T")

_MOST_TRIES = 10
_pinned: ContextVar[str | None] = ContextVar("the revision that reads have to see", default=None)


@contextmanager
def pinned(revision: str) -> Iterator[None]:
    """Within, and in tasks begun within, every read sees this revision or raises GraphChanged."""
    token = _pinned.set(revision)
    try:
        yield
    finally:
        _pinned.reset(token)


def check_pinned(revision: str) -> None:
    """Raises GraphChanged where a read saw another revision than it had to."""
    expected = _pinned.get()
    if expected is not None and revision != expected:
        raise GraphChanged("the graph was changed while this answer was read from it; ask again")


async def of_one_revision(revision: str, newer: Callable[[], Awaitable[str]], make: Callable[[str], Awaitable[T]]) -> T:
    """What `make` gives with all its reads of one revision: this one, or whichever `newer` tells after a commit.

    Raises GraphChanged where commits come faster than it can be read.
    """
    for _ in range(_MOST_TRIES):
        try:
            with pinned(revision):
                return await make(revision)
        except GraphChanged:
            revision = await newer()
    raise GraphChanged(f"the graph is being changed faster than this can be read ({_MOST_TRIES} tries); ask again")
