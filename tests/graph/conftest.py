"""A Neo4j of its own for tests that hold it up, or need it empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.graph.managed import ManagedNeo4j, Running
from service.graph.store import Store, Writing
from service.settings import Settings


@pytest.fixture(scope="package")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ManagedNeo4j, Running]]:
    """A Neo4j in which nothing is yet."""
    local = ManagedNeo4j(tmp_path_factory.mktemp("starting") / "neo4j", Settings().cache_dir)
    running = local.start(lambda *_: None, prefer_ports=(0, 0))
    try:
        yield local, running
    finally:
        local.stop()


@pytest.fixture
async def bare(own: tuple[ManagedNeo4j, Running]) -> tuple[ManagedNeo4j, Running]:
    """The same, without schema and without data."""
    local, running = own
    store = Store(local.connection(running), limited=False)
    await store.write(without_data)
    await store.write(without_schema)
    await store.close()
    return own


async def without_data(writing: Writing) -> None:
    await writing.run("MATCH (n) DETACH DELETE n")


async def without_schema(writing: Writing) -> None:
    for row in await writing.run("SHOW CONSTRAINTS YIELD name RETURN name"):
        await writing.run(f"DROP CONSTRAINT {row['name']}")
    for row in await writing.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
        await writing.run(f"DROP INDEX {row['name']} IF EXISTS")
