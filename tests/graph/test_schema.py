"""The schema is made by whoever comes, also by several at the same time, and follows the vocabulary."""

from __future__ import annotations

import asyncio

from service.graph.cypher_files import schema
from service.graph.managed import ManagedNeo4j, Running
from service.graph.store import Store, Writing
from service.model.vocabulary import RELATIONS


async def test_stores_that_make_the_schema_together(bare: tuple[ManagedNeo4j, Running]) -> None:
    local, running = bare
    stores = [Store(local.connection(running)) for _ in range(4)]
    try:
        await asyncio.gather(*(store.ensure_schema() for store in stores))
        table = await stores[0].read("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")
        assert {name for (name,) in table.rows} >= {each.name for each in schema() if each.name}
    finally:
        for store in stores:
            await store.close()


def test_every_relation_has_its_constraint_and_its_indexes() -> None:
    made = {each.name: each for each in schema() if each.name}
    for name in RELATIONS:
        for prefix in ("fact", "said", "source"):
            assert made[f"{prefix}_{name.lower()}"].over == {name}
            assert f"[f:{name}]" in made[f"{prefix}_{name.lower()}"].text
    assert made["quotes"].over == RELATIONS.keys()
    assert made["names"].over == {"Entity"}


async def test_an_index_of_the_relations_of_an_earlier_release_is_made_anew(bare: tuple[ManagedNeo4j, Running]) -> None:
    local, running = bare
    store = Store(local.connection(running))

    async def earlier(writing: Writing) -> None:
        await writing.run("CREATE FULLTEXT INDEX quotes FOR ()-[f:FUNDS|GONE]-() ON EACH [f.quote, f.note]")

    quotes = "SHOW INDEXES YIELD name, state, labelsOrTypes WHERE name = 'quotes' RETURN state, labelsOrTypes"
    try:
        await store.write(earlier)
        await store.ensure_schema()
        [(state, relations)] = (await store.read(quotes)).rows
        assert (state, set(relations)) == ("ONLINE", set(RELATIONS))
        before = await store.revision()
        await store.ensure_schema()
        assert await store.revision() == before
    finally:
        await store.close()
