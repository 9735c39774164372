"""What is stored has a version: an earlier release's graph is brought up step by step, a newer one's refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.errors import StartError
from service.graph.cypher_files import text
from service.graph.store import Store, Writing

STEPS: dict[int, tuple[str, ...]] = {1: ("1-editions", "1-facts")}
"""Of each version but the last, the files of cypher/migrate that make the next one of it."""

VERSION = max(STEPS) + 1
"""What this release writes and reads. A graph without a :Schema that holds facts of ours is of version 1."""

Say = Callable[[str], None]


async def prepare(store: Store, say: Say = lambda _: None) -> None:
    """Make the graph one that this release can write: its constraints and indexes, and the version of what is stored.

    Each step is one transaction, so that one that is ended in the middle is begun again by whoever comes next; of two
    who come at once the second waits for the first. Raises StartError for a graph that a newer release wrote.
    """
    await store.ensure_schema()
    while (version := _version((await store.read(text("migrate/version"))).rows[0])) != VERSION:
        if version:
            say(f"Bringing what is stored from version {version} to {version + 1}")
        await store.write(_one_step)


async def _one_step(writing: Writing) -> None:
    await writing.run(text("migrate/lock"))
    (row,) = await writing.run(text("migrate/version"))
    version = _version([row["version"], row["ours"]])
    for name in STEPS.get(version, ()):
        await writing.run(text(f"migrate/{name}"))
    await writing.run(text("migrate/note-version"), version=version + 1 if version in STEPS else VERSION)


def _version(row: list[Any]) -> int:
    """The version of what is stored, and 0 where nothing is."""
    noted, ours = row
    if noted is None:
        return 1 if ours else 0
    if noted > VERSION:
        raise StartError(
            f"a newer joinedup wrote this graph: what is stored is of version {noted}, and this one knows {VERSION}. "
            "Run the newer one, or use another database; nothing was changed"
        )
    return int(noted)
