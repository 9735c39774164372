"""A graph as version 1 wrote it is brought up, by whoever comes, and a newer one is refused.

data/version-1.json.gz is what version 1 wrote of the seeds of its day and of a file of two grants: all nodes and edges.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.errors import StartError, StoreUnavailable
from service.graph.load import load
from service.graph.managed import ManagedNeo4j, Running
from service.graph.migration import VERSION, prepare
from service.graph.store import Store, Writing
from service.model.facts import Seeds
from service.model.properties import edge_properties
from tests.graph.conftest import without_data

OLD: dict[str, Any] = json.loads(gzip.decompress((Path(__file__).parent / "data/version-1.json.gz").read_bytes()))
FACTS = "MATCH (a)-[f]->(b) RETURN a.id, type(f), b.id, properties(f) ORDER BY f.fact"
EDITIONS = "MATCH (n:Edition) RETURN properties(n) ORDER BY n.id"
NEW = {"last_seen", "first_edition", "last_edition"}


def typed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        key: date.fromisoformat(each["date"]) if isinstance(each, dict) else each for key, each in properties.items()
    }


@pytest.fixture
async def old(bare: tuple[ManagedNeo4j, Running]) -> AsyncIterator[Store]:
    """A store in which version 1 stands as it wrote it."""
    store = Store(bare[0].connection(bare[1]), limited=False)

    async def put(writing: Writing) -> None:
        for labels, properties in OLD["nodes"]:
            await writing.run(f"CREATE (n:{':'.join(labels)}) SET n = $properties", properties=typed(properties))
        for subject, relation, thing, properties in OLD["edges"]:
            made = (
                f"MATCH (a:Entity {{id: $a}}), (b:Entity {{id: $b}}) CREATE (a)-[f:{relation}]->(b) SET f = $properties"
            )
            await writing.run(made, a=subject, b=thing, properties=typed(properties))

    await store.ensure_schema()
    await store.write(put)
    yield store
    await store.write(without_data)
    await store.close()


async def version(store: Store) -> list[list[Any]]:
    return (await store.read("MATCH (s:Schema) RETURN s.version, s.migrating")).rows


async def check_brought_up(store: Store) -> None:
    """Nothing is lost or changed; every fact names the edition of its source."""
    assert await version(store) == [[VERSION, None]]
    rows = (await store.read(FACTS)).rows
    assert len(rows) == len(OLD["edges"])
    editions = {row[0]["id"]: row[0] for row in (await store.read(EDITIONS)).rows}
    sources = {p["id"]: typed(p) for labels, p in OLD["nodes"] if "Source" in labels}
    assert {each["source"]: each["sha256"] for each in editions.values()} == {
        name: each["sha256"] for name, each in sources.items()
    }
    for row, (subject, relation, thing, properties) in zip(rows, OLD["edges"], strict=True):
        now = {key: each.to_native() if hasattr(each, "to_native") else each for key, each in row[3].items()}
        assert row[:3] == [subject, relation, thing]
        assert {key: each for key, each in now.items() if key not in NEW} == typed(properties)
        assert now["last_seen"] == now["recorded"]
        assert now["first_edition"] == now["last_edition"]
        assert editions[now["last_edition"]]["source"] == now["source"]


async def test_it_says_what_it_does_and_loses_nothing(old: Store) -> None:
    said: list[str] = []
    await prepare(old, said.append)
    assert said == ["Bringing what is stored from version 1 to 2"]
    await check_brought_up(old)
    before = await old.revision()
    await prepare(old, said.append)
    assert (len(said), await old.revision()) == (1, before)


async def test_ended_in_the_middle_it_is_begun_again(old: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Writing.run

    async def cut_off(self: Writing, statement: str, **parameters: object) -> list[dict[str, Any]]:
        if "f.last_seen" in statement:
            raise StoreUnavailable("the power is gone")
        return await run(self, statement, **parameters)

    monkeypatch.setattr(Writing, "run", cut_off)
    with pytest.raises(StoreUnavailable):
        await prepare(old)
    assert await version(old) == []
    assert (await old.read(EDITIONS)).rows == []
    monkeypatch.undo()
    await prepare(old)
    await check_brought_up(old)


async def test_two_at_once(old: Store, bare: tuple[ManagedNeo4j, Running]) -> None:
    other = Store(bare[0].connection(bare[1]), limited=False)
    said: list[str] = []
    try:
        await asyncio.gather(prepare(old, said.append), prepare(other, said.append))
    finally:
        await other.close()
    assert set(said) == {"Bringing what is stored from version 1 to 2"}
    await check_brought_up(old)


async def test_a_load_of_the_same_seeds_changes_only_what_is_new(old: Store, seeds: Seeds) -> None:
    await load(old, seeds)
    rows = {row[3]["fact"]: row for row in (await old.read(FACTS)).rows}
    for fact in seeds.facts:
        row, wanted = rows[fact.id], edge_properties(fact, "seeds")
        assert row[:3] == [fact.subject, fact.relation, fact.object]
        for name in wanted.keys() - NEW - {"checksum"}:
            each = row[3].get(name)
            assert (each.to_native() if hasattr(each, "to_native") else each) == wanted[name], (fact.id, name)
        assert row[3]["first_edition"] == row[3]["last_edition"]
    imported = [each for each in OLD["edges"] if each[3]["dataset"] != "seeds"]
    assert imported
    assert {each[3]["fact"] for each in imported} < rows.keys(), "another dataset's stay"
    before = await old.revision()
    assert not (await load(old, seeds)).changed
    assert await old.revision() == before
    assert await version(old) == [[VERSION, None]]


async def test_a_newer_graph_is_refused_in_words(old: Store, seeds: Seeds) -> None:
    async def newer(writing: Writing) -> None:
        await writing.run("CREATE (:Schema {id: 'schema', version: $version})", version=VERSION + 1)

    await old.write(newer)
    before = await old.revision()
    with pytest.raises(StartError, match=f"version {VERSION + 1}, and this one knows {VERSION}"):
        await load(old, seeds)
    assert await old.revision() == before


async def test_an_empty_graph_is_of_this_version(bare: tuple[ManagedNeo4j, Running]) -> None:
    store = Store(bare[0].connection(bare[1]), limited=False)
    said: list[str] = []
    await prepare(store, said.append)
    assert (await version(store), said) == ([[VERSION, None]], [])
    await store.write(without_data)
    await store.close()
