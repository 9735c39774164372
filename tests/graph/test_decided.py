"""Decisions about facts stand beside them, and every load lays them over what it writes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest

from service.answers.ask import Questions
from service.answers.filters import Filters
from service.errors import LoadConflict
from service.graph.load import Changes, load
from service.graph.store import Store, Writing
from service.model.facts import Fact, Seeds
from tests.waiting import caught_up

FUNDERS = "who funds superfast broadband"


async def write(store: Store, statement: str, **parameters: object) -> None:
    async def work(writing: Writing) -> None:
        await writing.run(statement, **parameters)

    await store.write(work)


async def decide(store: Store, fact: str, verdict: str, day: str) -> None:
    made = "CREATE (:Decision {id: randomUUID(), what: 'fact', about: $fact, verdict: $verdict, by: 'A', at: datetime($day)})"
    await write(store, made, fact=fact, verdict=verdict, day=day)


@pytest.fixture(autouse=True)
async def _put_back(store: Store, seeds: Seeds) -> AsyncIterator[None]:
    yield
    await write(store, "MATCH (d:Decision) DELETE d")
    await load(store, seeds)


@pytest.fixture
def fact(seeds: Seeds) -> Fact:
    """One that the answer to the question rests on."""
    return next(f for f in seeds.facts if (f.relation, f.object) == ("FUNDS", "superfast-broadband"))


async def evidence(store: Store, questions: Questions, filters: Filters) -> dict[str, dict[str, Any]]:
    answer = await questions.ask(FUNDERS, filters, await store.revision())
    return {each["id"]: each for each in answer.evidence}


async def test_a_disputed_fact_counts_and_is_marked(
    store: Store, seeds: Seeds, questions: Questions, fact: Fact
) -> None:
    await decide(store, fact.id, "dispute", "2024-05-01T10:00Z")
    report = await load(store, seeds)
    assert report.facts == Changes(0, 1, 0, len(seeds.facts) - 1)
    assert (await evidence(store, questions, Filters()))[fact.id]["disputed"] == "2024-05-01"
    assert fact.id not in await evidence(store, questions, Filters(disputed=False))
    before = await store.revision()
    assert not (await load(store, seeds)).changed
    assert await store.revision() == before
    await decide(store, fact.id, "keep", "2024-06-01T10:00Z")
    await load(store, seeds)
    assert (await evidence(store, questions, Filters(disputed=False)))[fact.id]["disputed"] is None


async def test_a_withdrawn_fact_holds_as_far_as_was_known_before(
    store: Store, seeds: Seeds, questions: Questions, fact: Fact
) -> None:
    await decide(store, fact.id, "withdraw", "2024-05-01T10:00Z")
    await load(store, seeds)
    assert fact.id not in await evidence(store, questions, Filters())
    assert fact.id not in await evidence(store, questions, Filters(known_at=date(2024, 5, 1)))
    known = await evidence(store, questions, Filters(known_at=date(2024, 4, 30)))
    assert known[fact.id]["withdrawn"] == "2024-05-01"


async def test_over_http(store: Store, seeds: Seeds, client: httpx.AsyncClient, fact: Fact) -> None:
    await decide(store, fact.id, "dispute", "2024-05-01T10:00Z")
    await load(store, seeds)
    await caught_up(client, store)
    every = (await client.get("/facts?relation=FUNDS")).json()["results"]
    assert [each["id"] for each in every if each["disputed"]] == [fact.id]
    left = (await client.get("/facts?relation=FUNDS&disputed=leave_out")).json()["results"]
    assert left == [each for each in every if each["id"] != fact.id]
    for address in ("/ask?q=" + FUNDERS, "/queries/funders?thing=superfast broadband"):
        assert fact.id in {each["id"] for each in (await client.get(address)).json()["evidence"]}
        asked = (await client.get(f"{address}&disputed=leave_out")).json()
        assert fact.id not in {each["id"] for each in asked["evidence"]}
        assert asked["parameters"]["disputed"] is False
    wrong = await client.get("/facts?disputed=no")
    assert (wrong.status_code, "leave_out" in wrong.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "decision", ["{verdict: 'maybe', at: datetime()}", "{verdict: 'dispute'}", "{verdict: 'dispute', at: 'May'}"]
)
async def test_a_decision_that_cannot_be_read_stops_the_load(store: Store, seeds: Seeds, decision: str) -> None:
    await write(store, f"CREATE (d:Decision {decision}) SET d += {{id: 'd-1', what: 'fact', about: 'f-x'}}")
    before = await store.revision()
    with pytest.raises(LoadConflict, match="the :Decision d-1 about f-x"):
        await load(store, seeds)
    assert await store.revision() == before
