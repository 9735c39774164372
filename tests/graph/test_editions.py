"""A source that is loaded again from a newer file has one edition more, and its facts keep the day they were first recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.graph.load import load
from service.graph.store import Store
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Seeds, Source, fact_id, source_entity
from service.model.vocabulary import Kind

BODIES = (Entity("e-council", Kind.AGENCY, "E Council"), Entity("e-works", Kind.PROGRAMME, "E works"))


def register(day: date, sha256: str, *roles: str) -> Seeds:
    """A register of a day that says such parts of one body in one programme."""
    source = Source(
        "e-register", "E", None, PartialDate.parse(day.isoformat()), None, day, "e.csv", sha256 * 64, day.isoformat()
    )
    facts = [
        Fact(
            *("e-register", "e-council", "TAKES_PART_IN", "e-works", f"row {role}", 1, 0, day),
            role=role,
            holds_from=day,
        )
        for role in roles
    ]
    return Seeds((source,), (*BODIES, source_entity(source)), tuple(replace(fact, id=fact_id(fact)) for fact in facts))


@pytest.fixture(autouse=True)
async def _put_back(store: Store) -> AsyncIterator[None]:
    yield
    await load(store, Seeds((), (), ()), "editions")


async def said(store: Store) -> dict[str, list[Any]]:
    statement = """MATCH (:Entity {id: 'e-council'})-[f:TAKES_PART_IN]->() RETURN f.role, toString(f.recorded),
        toString(f.last_seen), f.first_edition, f.last_edition, toString(f.holds_from)"""
    return {row[0]: row[1:] for row in (await store.read(statement)).rows}


async def test_editions(store: Store) -> None:
    may, june = date(2020, 5, 1), date(2020, 6, 1)
    old, new = "e-register@aaaaaaaaaaaa", "e-register@bbbbbbbbbbbb"
    await load(store, register(may, "a", "lead"), "editions")
    assert await said(store) == {"lead": ["2020-05-01", "2020-05-01", old, old, "2020-05-01"]}
    await load(store, register(june, "b", "lead", "host"), "editions")
    assert await said(store) == {
        "lead": ["2020-05-01", "2020-06-01", old, new, "2020-05-01"],
        "host": ["2020-06-01", "2020-06-01", new, new, "2020-06-01"],
    }
    kept = "MATCH (n:Edition {source: 'e-register'}) RETURN n.id, n.number, n.text ORDER BY n.number"
    assert (await store.read(kept)).rows == [[old, 1, "2020-05-01"], [new, 2, "2020-06-01"]]
    before = await store.revision()
    assert not (await load(store, register(june, "b", "lead", "host"), "editions")).changed
    assert await store.revision() == before
    await load(store, Seeds((), (), ()), "editions")
    assert (await store.read(kept)).rows == [], "what is withdrawn leaves nothing"


async def test_a_day_that_is_corrected_in_one_edition_is_corrected(store: Store) -> None:
    await load(store, register(date(2020, 5, 1), "a", "lead"), "editions")
    await load(store, register(date(2020, 4, 1), "a", "lead"), "editions")
    assert (await said(store))["lead"][:2] == ["2020-04-01", "2020-04-01"]
