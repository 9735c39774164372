"""The schema is made by whoever comes, also by several at the same time."""

from __future__ import annotations

import asyncio

from service.graph.cypher_files import made_by, schema
from service.graph.managed import ManagedNeo4j, Running
from service.graph.store import Store


async def test_stores_that_make_the_schema_together(bare: tuple[ManagedNeo4j, Running]) -> None:
    local, running = bare
    stores = [Store(local.connection(running)) for _ in range(4)]
    names = {made_by(statement) for statement in schema()} - {None}
    try:
        await asyncio.gather(*(store.ensure_schema() for store in stores))
        table = await stores[0].read("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")
        assert {name for (name,) in table.rows} >= names
    finally:
        for store in stores:
            await store.close()
