"""A load is all or nothing, does nothing the second time, and leaves what others made alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from service.connection import Connection
from service.errors import LoadConflict, StoreUnavailable
from service.graph.load import Changes, load
from service.graph.store import Store, Writing
from service.model.facts import Entity, Seeds
from service.model.vocabulary import Kind, Modality

COUNT = "MATCH ()-[f]->() WHERE f.dataset = 'seeds' RETURN count(f)"


async def run(store: Store, statement: str, **parameters: object) -> None:
    async def work(writing: Writing) -> None:
        await writing.run(statement, **parameters)

    await store.write(work)


async def number(store: Store, statement: str) -> int:
    return int((await store.read(statement)).rows[0][0])


@pytest.fixture(autouse=True)
async def _put_back(store: Store, seeds: Seeds) -> AsyncIterator[None]:
    yield
    await run(store, "MATCH (n) WHERE n.test_made DETACH DELETE n")
    await load(store, seeds)


async def test_the_same_load_twice_writes_nothing(store: Store, seeds: Seeds) -> None:
    before = await store.revision()
    report = await load(store, seeds)
    assert report.facts == Changes(0, 0, 0, len(seeds.facts))
    assert report.entities == Changes(0, 0, 0, len(seeds.entities))
    assert await store.revision() == before


async def test_what_is_gone_from_the_seeds_goes_from_the_graph(store: Store, seeds: Seeds) -> None:
    gone = seeds.facts[0]
    report = await load(store, replace(seeds, facts=seeds.facts[1:]))
    assert report.facts == Changes(0, 0, 1, len(seeds.facts) - 1)
    assert await number(store, f"MATCH ()-[f {{fact: '{gone.id}'}}]->() RETURN count(f)") == 0
    assert (await load(store, seeds)).facts.added == 1


async def test_what_changed_is_changed(store: Store, seeds: Seeds) -> None:
    first, *rest = seeds.facts
    changed = replace(seeds, facts=(replace(first, modality=Modality.PROPOSED), *rest))
    assert (await load(store, changed)).facts == Changes(0, 1, 0, len(seeds.facts) - 1)
    table = await store.read("MATCH ()-[f {fact: $id}]->() RETURN f.modality", {"id": first.id})
    assert table.rows == [["proposed"]]


async def test_a_failure_leaves_the_graph_as_it_was(store: Store, seeds: Seeds) -> None:
    bad = replace(seeds.facts[0], amount=object())  # type: ignore[arg-type]
    before, revision = await number(store, COUNT), await store.revision()
    with pytest.raises(Exception):  # noqa: B017, PT011  the driver cannot pack it; whatever it says, nothing is written
        await load(store, replace(seeds, facts=(*seeds.facts[5:], bad)))
    assert await number(store, COUNT) == before
    assert await store.revision() == revision


async def test_others_nodes_edges_and_properties_are_left_alone(store: Store, seeds: Seeds) -> None:
    await run(
        store,
        "MATCH (w:Entity {id: 'winchester-city-council'}) SET w.my_colour = 'green' "
        "CREATE (w)-[:MET {day: 'Monday'}]->(:Person {name: 'Ann', test_made: true})",
    )
    changed = [replace(e, summary="New") if e.id == "winchester-city-council" else e for e in seeds.entities]
    await load(store, replace(seeds, entities=tuple(changed)))
    table = await store.read(
        "MATCH (w {id: 'winchester-city-council'})-[m:MET]->(p:Person) RETURN w.my_colour, w.summary, m.day, p.name"
    )
    assert table.rows == [["green", "New", "Monday", "Ann"]]
    await run(store, "MATCH (w:Entity {id: 'winchester-city-council'}) REMOVE w.my_colour")


async def test_a_load_that_changes_something_says_when(store: Store, seeds: Seeds) -> None:
    await load(store, seeds)
    when = "MATCH (l:Load) RETURN l.at, count(*)"
    before = (await store.read(when)).rows
    await load(store, seeds)
    assert (await store.read(when)).rows == before, "nothing changed"
    changed = [replace(e, summary="New") if e.id == "winchester-city-council" else e for e in seeds.entities]
    await load(store, replace(seeds, entities=tuple(changed)), rehearse=True)
    assert (await store.read(when)).rows == before, "a rehearsal changes nothing"
    await load(store, replace(seeds, entities=tuple(changed)))
    ((at, count),) = (await store.read(when)).rows
    assert at > before[0][0]
    assert count == 1
    await load(store, seeds)


async def test_an_entity_that_anothers_edge_needs_is_kept_and_said(store: Store, seeds: Seeds) -> None:
    extra = Entity("extra-body", Kind.AGENCY, "Extra body")
    await load(store, replace(seeds, entities=(*seeds.entities, extra)))
    await run(store, "MATCH (e {id: 'extra-body'}) CREATE (e)<-[:LIKES]-(:Person {test_made: true})")
    assert (await load(store, seeds)).kept == ("extra-body",)
    await run(store, "MATCH (n) WHERE n.test_made DETACH DELETE n")
    report = await load(store, seeds)
    assert (report.kept, report.entities.removed) == ((), 1)


async def test_anothers_node_under_our_id_is_a_conflict(store: Store, seeds: Seeds) -> None:
    await run(store, "CREATE (:Entity {id: 'taken', name: 'Theirs', test_made: true})")
    ours = Entity("taken", Kind.AGENCY, "Ours")
    before = await store.revision()
    with pytest.raises(LoadConflict, match="taken"):
        await load(store, replace(seeds, entities=(*seeds.entities, ours)))
    assert await store.revision() == before


async def test_two_loads_at_once_double_nothing(store: Store, seeds: Seeds) -> None:
    await run(store, "MATCH ()-[f]->() WHERE f.dataset = 'seeds' DELETE f")
    await asyncio.gather(load(store, seeds), load(store, seeds), return_exceptions=True)
    await load(store, seeds)
    assert await number(store, COUNT) == len(seeds.facts)


async def test_a_store_that_is_not_there() -> None:
    store = Store(Connection("bolt://127.0.0.1:1", password="x"))
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        await store.revision()
    await store.close()


async def test_a_wrong_password_is_said_without_saying_it(connection: Connection) -> None:
    store = Store(replace(connection, password="wrong-secret"))
    with pytest.raises(StoreUnavailable, match="NEO4J_PASSWORD") as caught:
        await store.revision()
    assert "wrong-secret" not in str(caught.value)
    await store.close()
