"""Time: what held when, bodies that are no more, and what changed between two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.graph.load import load
from service.graph.store import Store
from service.model.facts import Seeds
from service.sources.validate import read_seeds
from tests.sources.ended import write_ended
from tests.waiting import caught_up


@pytest.fixture(scope="module")
async def ended(
    store: Store, client: httpx.AsyncClient, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[None]:
    await load(store, read_seeds(write_ended(tmp_path_factory.mktemp("ended"))), "ended")
    await caught_up(client, store)
    yield
    await load(store, Seeds((), (), ()), "ended")
    await caught_up(client, store)


async def get(client: httpx.AsyncClient, path: str, **params: Any) -> dict[str, Any]:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.usefixtures("ended")
async def test_an_old_name_answers_and_points_on(client: httpx.AsyncClient) -> None:
    answer = await get(client, "/queries/services-of", body="Old Ashford")
    assert answer["parameters"]["body"]["successors"][0]["id"] == "ashbex-council"
    assert answer["notes"][0] == "Old Ashford Council ended on 2019-03-31; it was succeeded by Ashbex Council."
    assert [row["service"]["id"] for row in answer["rows"]] == ["weir-service"]
    entity = await get(client, "/entities/Old Ashford")
    assert entity["end"] == "2019-03-31"
    assert [each["id"] for each in entity["successors"]] == ["ashbex-council"]
    lone = await get(client, "/entities/lone-council")
    assert lone["fate"] == "Lone Council ended on 2009-03-31; no source names its successor."


@pytest.mark.usefixtures("ended")
async def test_as_of_holds_everywhere(client: httpx.AsyncClient) -> None:
    then = await get(client, "/queries/services-of", body="Old Ashford", as_of="2018-01-01")
    now = await get(client, "/queries/services-of", body="Old Ashford", as_of="2020-01-01")
    assert (len(then["rows"]), len(now["rows"])) == (1, 0)
    for day, there in (("2018-01-01", True), ("2020-01-01", False)):
        scores = await get(client, "/scores/organisations", as_of=day, limit=1000)
        assert ("old-ashford-council" in {row["organisation"]["id"] for row in scores["results"]}) is there
        found = await get(client, "/entities", q="Old Ashford", as_of=day)
        assert (found["total"] == 1) is there
        scored = await client.get("/scores/organisations/Old Ashford", params={"as_of": day})
        assert scored.status_code == (200 if there else 404)
        listed = await get(client, "/entities", kind="Authority", as_of=day, limit=1000)
        assert ("old-ashford-council" in {row["id"] for row in listed["results"]}) is there


async def test_known_at_holds_for_entities(client: httpx.AsyncClient) -> None:
    for day, there in (("2011-01-01", False), ("2015-01-01", True)):
        found = await get(client, "/entities", q="superfast broadband", known_at=day)
        listed = await get(client, "/entities", kind="Programme", known_at=day, limit=1000)
        assert ("superfast-broadband" in {row["id"] for row in found["results"]}) is there
        assert ("superfast-broadband" in {row["id"] for row in listed["results"]}) is there


@pytest.mark.usefixtures("ended")
async def test_bodies_begin_and_end_by_their_register(client: httpx.AsyncClient) -> None:
    changes = await get(
        client, "/changes", **{"from": "2019-01-01", "to": "2019-12-31", "what": "body", "change": ["began", "ended"]}
    )
    assert [(row["change"], row["entity"]["id"], row["date"]) for row in changes["results"]] == [
        ("began", "ashbex-council", "2019-04-01"),
        ("ended", "old-ashford-council", "2019-03-31"),
        ("ended", "old-bexford-council", "2019-03-31"),
    ]
    assert all(row["quotes"] for row in changes["results"])


async def changed(client: httpx.AsyncClient, first: str, last: str, **more: Any) -> list[dict[str, Any]]:
    return list((await get(client, "/changes", **{"from": first, "to": last, "limit": 1000, **more}))["results"])


async def test_between_the_two_documents(client: httpx.AsyncClient) -> None:
    rows = await changed(client, "2010-12-31", "2014-12-31", what="body")
    by_change: dict[str, set[str]] = {}
    for row in rows:
        by_change.setdefault(row["change"], set()).add(row["entity"]["id"])
    assert by_change["named again"] == {"hampshire-county-council"}
    assert {"superfast-broadband", "h3-partnership"} <= by_change["first recorded"]
    assert {"up2u", "project-integra", "home-office"} <= by_change["last heard of"]
    assert "hampshire-county-council" not in by_change["last heard of"]
    assert not {"began", "ended"} & by_change.keys(), "no source says that a body began or ended then"


async def test_what_is_not_mentioned_since_has_not_ended(client: httpx.AsyncClient) -> None:
    rows = await changed(client, "2010-12-31", "2014-12-31", change="last heard of", what="body")
    (integra,) = [row for row in rows if row["entity"]["id"] == "project-integra"]
    assert integra["date"] == "2010-06-30"
    assert "No source says that it ended." in integra["says"]
    assert integra["quotes"]
    assert await changed(client, "2010-01-01", "2010-12-31", change="last heard of") == [], "nothing was written since"


async def test_a_plan_with_a_day_is_not_done(client: httpx.AsyncClient) -> None:
    rows = await changed(client, "2010-01-01", "2015-12-31")
    ended = {(row["subject"] or row["entity"])["id"] for row in rows if row["change"] == "ended"}
    assert ended == {"troubled-families-programme"}, "only of its 11 agencies does a source speak as past"
    planned = {row["object"]["id"] for row in rows if row["change"] == "planned to end" and row["what"] == "figure"}
    assert "transformation-savings" in planned
    took_place = {row["object"]["id"] for row in rows if row["change"] == "took place"}
    assert took_place == {"portsmouth-conference-2010"}


async def test_a_year_is_not_a_day(client: httpx.AsyncClient) -> None:
    rows = await changed(client, "2008-06-01", "2009-12-31", change="began")
    assert {row["certain"] for row in rows} == {False}, "2008 may be before June"
    rows = await changed(client, "2007-12-31", "2008-12-31", change="began")
    assert Counter(row["certain"] for row in rows) == {True: 1}


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"from": "2014-01-01", "to": "2010-01-01"}, "is not before"),
        ({"from": "2014-01-01", "to": "2014-01-01"}, "is not before"),
        ({"from": "2010-13-01", "to": "2014-01-01"}, "from"),
        ({"from": "2010-01-01"}, "to"),
        ({"from": "2010-01-01", "to": "2014-01-01", "change": "vanished"}, "change"),
    ],
)
async def test_bad_days_are_problems(client: httpx.AsyncClient, params: dict[str, str], said: str) -> None:
    answer = await client.get("/changes", params=params)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
