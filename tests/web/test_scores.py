"""Scores over HTTP: their account, their scope, and the quotes that they lead to."""

from __future__ import annotations

import asyncio
import csv
import io
import math
from typing import Any

import httpx
import pytest

from service.answers.filters import Filters
from service.graph.load import load
from service.graph.store import Store
from service.metrics.degree import breadth
from service.metrics.registry import NETWORK_METRICS, ORGANISATION_METRICS
from service.metrics.scorecard import compute
from service.model.facts import Seeds
from service.network.compute import Scoring, network
from service.network.ties import Scope, read_ties
from service.scenarios.document import parse_scenario
from service.web.routes.scores import ScopeParams
from tests.waiting import caught_up


async def get(client: httpx.AsyncClient, path: str, status: int = 200) -> Any:
    response = await client.get(path)
    assert response.status_code == status, response.text
    return response.json()


async def test_the_network(client: httpx.AsyncClient) -> None:
    body = await get(client, "/scores/network")
    assert [each["metric"] for each in body["results"]] == list(NETWORK_METRICS)
    for each in body["results"]:
        assert {
            "value",
            "reason",
            "definition",
            "citation",
            "version",
            "scope",
            "projection",
            "weight",
            "n",
            "m",
            "as_of",
        } <= set(each)
        assert (each["value"] is None) == (each["reason"] is not None)


async def test_organisations(client: httpx.AsyncClient) -> None:
    body = await get(client, "/scores/organisations")
    first = body["results"][0]
    assert first["organisation"]["id"] == "hampshire-county-council"
    assert first["rank"] == 1
    assert {f"{name}_percentile" for name in body["weights"]} <= set(first)
    assert set(ORGANISATION_METRICS) <= set(first)
    by_breadth = await get(client, "/scores/organisations?sort=breadth&kind=Partnership&limit=3")
    assert {row["organisation"]["kind"] for row in by_breadth["results"]} == {"Partnership"}
    assert [row["breadth"] for row in by_breadth["results"]] == sorted(
        (r["breadth"] for r in by_breadth["results"]), reverse=True
    )
    text = (await client.get("/scores/organisations.csv")).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["organisation_id"] == "hampshire-county-council"
    assert float(rows[0]["collaboration"]) == first["collaboration"]


async def test_a_score_leads_to_its_quotes(client: httpx.AsyncClient) -> None:
    body = await get(client, "/scores/organisations/Winchester")
    values = {each["metric"]: each["value"] for each in body["results"]}
    assert values["breadth"] == 1, "the Hampshire Cultural Trust, and nothing that only its groups are in"
    assert [fact["object"]["id"] for fact in body["evidence"]] == ["hampshire-cultural-trust"]
    assert body["evidence"][0]["quote"].startswith("Hampshire Cultural Trust was set up")
    assert body["if_it_left"]


async def test_groups_can_be_expanded_or_dropped(client: httpx.AsyncClient) -> None:
    async def breadth(groups: str) -> float:
        body = await get(client, f"/scores/organisations/Winchester?groups={groups}")
        return next(each["value"] for each in body["results"] if each["metric"] == "breadth")

    assert (await breadth("drop"), await breadth("keep")) == (1, 1)
    assert await breadth("expand") == 3, "the Trust, and through its groups the Senate and Project Integra"
    body = await get(client, "/scores/organisations/Winchester?groups=expand")
    assert any(fact["basis"] == "register" for fact in body["evidence"])


async def test_a_body_without_a_tie_has_reasons_not_numbers(client: httpx.AsyncClient) -> None:
    for groups in ("keep", "drop"):
        body = await get(client, f"/scores/organisations/hart-district-council?groups={groups}")
        why = "it has no tie in this scope"
        for each in body["results"]:
            assert (each["value"], each["reason"], each["percentile"], each["percentile_reason"]) == (
                None,
                why,
                None,
                why,
            )
        assert (body["collaboration"], body["reason"]) == (None, why)
        assert body["n"] + body["without_a_tie"] > body["n"] > 0
        for missing in ("true", "false"):
            path = f"/scores/pairs?organisation=hart-district-council&groups={groups}&missing={missing}"
            assert (await get(client, path))["total"] == 0
        assert body["if_it_left"] == []
    rows = (await get(client, "/scores/organisations?limit=1000"))["results"]
    row = next(row for row in rows if row["organisation"]["id"] == "hart-district-council")
    assert (row["rank"], row["collaboration"], row["brokerage"], row["reason"]) == (None, None, None, why)
    page = (await client.get("/entities/hart-district-council.html")).text
    assert "No collaboration score: it has no tie in this scope." in page


async def test_groups_rank_only_where_they_are_asked_for(client: httpx.AsyncClient) -> None:
    ranked = (await get(client, "/scores/organisations?limit=1000"))["results"]
    assert not [row for row in ranked if row["organisation"]["kind"] == "Group"]
    asked = (await get(client, "/scores/organisations?kind=Group&limit=1000"))["results"]
    assert {row["organisation"]["kind"] for row in asked} == {"Group"}
    assert asked[0]["rank"] == 1
    group = asked[0]["organisation"]["id"]
    body = await get(client, f"/scores/organisations/{group}")
    found = {each["metric"]: each for each in body["results"]}
    assert found["breadth"]["value"] == asked[0]["breadth"], "it is in the network, and has its values"
    assert (found["breadth"]["reason"], found["breadth"]["percentile"]) == (None, None)
    assert body["collaboration"] is None
    assert (
        body["reason"]
        == found["breadth"]["percentile_reason"]
        == "a group ranks only where it is asked for: kind=Group"
    )


@pytest.mark.parametrize("scope", ["", "?kind=Partnership", "?kind=Authority&kind=Agency"])
async def test_one_page_has_one_percentile_of_a_metric(client: httpx.AsyncClient, scope: str) -> None:
    """With kind= the parts were ranked among that kind and the metrics beside them among all."""
    rows = (await get(client, f"/scores/organisations{scope}"))["results"]
    ranked = {
        row["organisation"]["id"]: row
        for row in (await get(client, f"/scores/organisations{scope or '?'}&limit=1000"))["results"]
    }
    for row in rows[:5]:
        body = await get(client, f"/scores/organisations/{row['organisation']['id']}{scope}")
        found = {each["metric"]: each for each in body["results"]}
        for part, percentile in body["parts"].items():
            values = [each[part] for each in ranked.values() if each[part] is not None]
            below = sum(round(value, 12) < round(row[part], 12) for value in values)
            assert (
                percentile == found[part]["percentile"] == row[f"{part}_percentile"] == 100 * below / (len(values) - 1)
            )
            assert found[part]["of"] == len(values)


async def test_bodies_without_a_tie_move_no_score(client: httpx.AsyncClient, store: Store, seeds: Seeds) -> None:
    """A grant list brought thousands of recipients, none of them tied: brokerage was sampled, density a hundredth."""
    crowd = (
        "UNWIND range(1, 3100) AS n CREATE (:Entity:Organisation:Agency "
        "{id: 'recipient-' + n, name: 'Recipient ' + n, kind: 'Agency', dataset: 'crowd'})"
    )
    paths = ("/scores/organisations/Winchester", "/scores/network")
    before = [await get(client, path) for path in paths]
    page = (await client.get("/entities/winchester-city-council.html")).text
    assert "Its place among the others" in page
    try:
        await store.write(lambda writing: writing.run(crowd))
        await caught_up(client, store)
        after = [await get(client, path) for path in paths]
        page = (await client.get("/entities/winchester-city-council.html")).text
    finally:
        await store.write(lambda writing: writing.run("MATCH (n {dataset: 'crowd'}) DETACH DELETE n"))
        await load(store, seeds)
        await caught_up(client, store)
    for was, now in zip(before, after, strict=True):
        assert now["without_a_tie"] == was["without_a_tie"] + 3100
        assert now["results"] == was["results"]
        assert now["revision"] != was["revision"]
    assert after[0]["parts"] == before[0]["parts"]
    assert "Its place among the others" in page


async def test_every_score_leads_to_the_facts_that_made_it(client: httpx.AsyncClient) -> None:
    path = "/scores/network?relation=MEMBER_OF&modality=actual&as_of=2014-12-31"
    score = (await get(client, path))["results"][0]
    facts = await get(client, score["evidence"] + "&limit=1000")
    assert facts["total"] > 10
    assert {fact["relation"] for fact in facts["results"]} == {"MEMBER_OF"}
    ranked = await get(client, "/scores/organisations?groups=expand&limit=1000")
    row = next(each for each in ranked["results"] if each["organisation"]["id"] == "winchester-city-council")
    body = await get(client, row["evidence"])
    assert body["scope"]["groups"] == "expand"
    assert body["evidence"]
    assert body["results"][0]["evidence"] == row["evidence"]


async def test_pairs(client: httpx.AsyncClient) -> None:
    body = await get(client, "/scores/pairs?organisation=Winchester")
    (row,) = body["results"]
    assert {row["a"]["id"], row["b"]["id"]} == {"hampshire-county-council", "winchester-city-council"}
    assert (row["shared"], row["strength"], row["things"]) == (1, 1, ["hampshire-cultural-trust"])
    missing = await get(client, "/scores/pairs?missing=true")
    tied = {(r["a"]["id"], r["b"]["id"]) for r in (await get(client, "/scores/pairs?limit=1000"))["results"]}
    assert not tied & {(row["a"]["id"], row["b"]["id"]) for row in missing["results"]}


async def test_the_backbone_is_of_pairs_that_share_more_than_chance_gives(client: httpx.AsyncClient) -> None:
    every = (await get(client, "/scores/pairs?limit=1000"))["results"]
    loose = (await get(client, "/scores/pairs?backbone=0.999999&limit=1000"))["results"]
    strict = (await get(client, "/scores/pairs?backbone=0.05&limit=1000"))["results"]
    ends = {(row["a"]["id"], row["b"]["id"]): row for row in every}
    for row in loose:
        assert 0 <= row["p"] <= row["q"] <= 0.999999
        assert row["shared"] == ends[row["a"]["id"], row["b"]["id"]]["shared"]
        assert row["evidence"]
    assert [row["p"] for row in loose] == sorted(row["p"] for row in loose)
    assert strict == [row for row in loose if row["q"] <= 0.05]
    assert (await client.get("/scores/pairs.html?backbone=0.05")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/scores/pairs?backbone=0", "/scores/pairs?backbone=1", "/scores/pairs?backbone=few"),
        "/scores/pairs?backbone=0.05&missing=true",
        *(
            "/scores/organisations?weight=luck:1",
            "/scores/organisations?weight=breadth:0",
            "/scores/organisations?weight=breadth",
        ),
        *(
            "/scores/organisations?weight=breadth:nan",
            "/scores/organisations?weight=breadth:inf",
            "/scores/organisations?sort=luck",
        ),
        *("/scores/network?relation=LIKES", "/scores/network?groups=melt", "/scores/organisations?limit=0"),
    ],
)
async def test_bad_scopes_and_weights(client: httpx.AsyncClient, path: str) -> None:
    assert (await get(client, path, 422))["detail"]


async def test_a_time_before_any_source_gives_an_empty_network(client: httpx.AsyncClient) -> None:
    body = await get(client, "/scores/network?known_at=1999-01-01")
    assert body["ties"] == 0
    assert all(each["value"] is None or math.isfinite(each["value"]) for each in body["results"])
    await get(client, "/scores/organisations?known_at=1999-01-01")
    await get(client, "/scores/pairs?known_at=1999-01-01&missing=true")


async def test_the_same_scope_gives_the_same_scores_bit_for_bit(store: Store) -> None:
    ties = await read_ties(store, Scope(filters=Filters()))
    once, by_relation = network(ties)
    kinds = {body.id: body.kind for body in ties.bodies}
    turned, turned_by = network(type(ties)(ties.bodies[::-1], ties.ties[::-1], ties.revision))
    assert compute(once, by_relation, kinds) == compute(turned, turned_by, kinds)


async def test_many_asking_at_once(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.get("/scores/organisations?relation=TAKES_PART_IN") for _ in range(12)))
    assert len({answer.content for answer in answers}) == 1
    etag = answers[0].headers["etag"]
    again = await client.get("/scores/organisations?relation=TAKES_PART_IN", headers={"If-None-Match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/scores/network",
        "/scores/organisations",
        "/scores/organisations/HCC",
        "/scores/pairs",
        "/scores/pairs?missing=true",
    ],
)
async def test_pages(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    assert response.text.startswith("<!doctype html>")


async def test_breadth_needs_no_more_than_the_network(store: Store) -> None:
    scoring, revision = Scoring(store), await store.revision()
    quick = await scoring.network(Scope(), revision)
    scored = await scoring.scored(Scope(), revision)
    assert breadth(quick.graph) == scored.scorecard.organisations["breadth"]
    assert (scored.bodies, scored.ties) == (quick.bodies, quick.ties)
    scoring.close()


def test_a_scope_that_nobody_chose_is_one_however_it_is_asked_for() -> None:
    """Else a body's page, a what-if and /scores would each compute the same scores anew."""
    scenario = parse_scenario({"title": "x", "steps": [{"end": "UP2U"}]})
    assert ScopeParams().scope() == Scope() == Scope(filters=scenario.filters())
