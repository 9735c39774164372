"""What-ifs on a copy: what they break, what they may not be, and that the store never changes."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.graph.load import load
from service.graph.store import Store
from service.model.facts import Seeds
from service.scenarios.document import read_scenario, shipped
from service.sources.validate import read_seeds
from tests.sources.ended import write_ended
from tests.waiting import caught_up

ROOT = Path(__file__).resolve().parents[2]

PAPER = """\
Elm Council provides the Mill service, which Oak Council and Yew Council use.
Elm Council gave the Kiln project £5 and Oak Council gave it €7.
Elm Council and Oak Council together gave the Pond project £9.
Elm Council leads the Pond project, in which Oak Council takes part. Elm Council funds Oak Council.
"""
ENTITIES = """\
- {id: elm-council, kind: Authority, name: Elm Council}
- {id: oak-council, kind: Authority, name: Oak Council}
- {id: yew-council, kind: Authority, name: Yew Council}
- {id: mill-service, kind: SharedService, name: Mill service}
- {id: kiln-project, kind: Programme, name: Kiln project}
- {id: pond-project, kind: Programme, name: Pond project}
"""
FACTS = """\
source: {{id: elm-paper, title: The Elm paper, date: 2012-06, file: sources/elm.txt, sha256: {sha}}}
says:
- quote: "Elm Council provides the Mill service, which Oak Council and Yew Council use."
  facts:
  - {{subject: elm-council, relation: PROVIDES, object: mill-service}}
  - {{subject: oak-council, relation: USES, object: mill-service}}
  - {{subject: yew-council, relation: USES, object: mill-service}}
- quote: "Elm Council gave the Kiln project £5 and Oak Council gave it €7."
  facts:
  - {{subject: elm-council, relation: FUNDS, object: kiln-project, amount: 5, currency: GBP}}
  - {{subject: oak-council, relation: FUNDS, object: kiln-project, amount: 7, currency: EUR}}
- quote: "Elm Council and Oak Council together gave the Pond project £9."
  facts:
  - {{subject: elm-council, relation: FUNDS, object: pond-project, amount: 9, currency: GBP, joint: pond}}
  - {{subject: oak-council, relation: FUNDS, object: pond-project, amount: 9, currency: GBP, joint: pond}}
- quote: "Elm Council leads the Pond project, in which Oak Council takes part. Elm Council funds Oak Council."
  facts:
  - {{subject: elm-council, relation: TAKES_PART_IN, object: pond-project, role: lead}}
  - {{subject: oak-council, relation: TAKES_PART_IN, object: pond-project, role: partner}}
  - {{subject: elm-council, relation: FUNDS, object: oak-council}}
"""


@pytest.fixture(scope="module", autouse=True)
async def elm(store: Store, client: httpx.AsyncClient, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    folder = tmp_path_factory.mktemp("elm")
    for name in ("sources", "facts"):
        (folder / name).mkdir()
    (folder / "sources/elm.txt").write_text(PAPER)
    (folder / "entities.yaml").write_text(ENTITIES)
    (folder / "facts/elm.yaml").write_text(FACTS.format(sha=hashlib.sha256(PAPER.encode()).hexdigest()))
    await load(store, read_seeds(folder), "elm")
    await load(store, read_seeds(write_ended(tmp_path_factory.mktemp("weir"))), "weir")
    await caught_up(client, store)
    yield
    await load(store, Seeds((), (), ()), "elm")
    await load(store, Seeds((), (), ()), "weir")
    await caught_up(client, store)


async def what_if(client: httpx.AsyncClient, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await client.post("/scenarios", json={"title": "test", "steps": steps} | more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def said(outcome: dict[str, Any]) -> set[tuple[str, str]]:
    return {(row["effect"], row["thing"]["id"]) for row in outcome["effects"]}


async def test_a_body_that_withdraws_leaves_what_it_alone_did(client: httpx.AsyncClient) -> None:
    outcome = await what_if(client, {"withdraw": "Elm Council", "from": "everything"}, currency="GBP")
    assert said(outcome) == {
        ("loses its provider", "mill-service"),
        ("loses its lead", "pond-project"),
        ("loses a partner", "mill-service"),
        ("left with one partner", "pond-project"),
        ("left with one partner", "kiln-project"),
        ("loses every partner", "oak-council"),
        ("loses its funder", "oak-council"),
    }
    assert all(row["quotes"] for row in outcome["effects"])
    (sum_,) = outcome["orphaned"]
    assert (sum_["total"], sum_["unknown"]) == (5, 1), "of the joint £9 no source gives Elm's share"
    assert len(sum_["left_out"]) == 2


async def test_a_joint_sum_is_orphaned_once_where_all_who_gave_it_go(client: httpx.AsyncClient) -> None:
    outcome = await what_if(client, {"end": "Pond project"})
    (sum_,) = outcome["orphaned"]
    assert (sum_["total"], len(sum_["facts"]), len(sum_["left_out"])) == (9, 1, 1)
    assert ("ends", "pond-project") in said(outcome)


async def test_a_merger_makes_ties_internal_and_seats_one(client: httpx.AsyncClient) -> None:
    outcome = await what_if(client, {"merge": ["Elm Council", "Oak Council"], "into": {"name": "Elmoak Council"}})
    assert {
        ("becomes internal", "kiln-project"),
        ("becomes internal", "pond-project"),
        ("becomes internal", "oak-council"),
        ("memberships become one", "mill-service"),
    } == said(outcome)
    assert outcome["orphaned"] == [], "what Elm gave Oak is not orphaned: both are one"
    bodies = {row["organisation"]["id"]: row["is"] for row in outcome["scores"]["organisations"]}
    assert (bodies["elm-council"], bodies["oak-council"], bodies["elmoak-council"]) == ("gone", "gone", "new")


async def test_steps_come_one_after_the_other(client: httpx.AsyncClient) -> None:
    outcome = await what_if(
        client,
        {"merge": ["Elm Council", "Oak Council"], "into": {"name": "Elmoak Council"}},
        {"move": "Mill service", "from": "Elmoak Council", "to": "Yew Council"},
        {"dissolve": "Elmoak Council"},
        currency="GBP",
    )
    effects = said(outcome)
    assert ("loses every partner", "kiln-project") in effects
    assert ("loses its provider", "mill-service") not in effects, "Yew Council took it over in step 2"


async def test_nothing_in_the_graph_changes(client: httpx.AsyncClient, store: Store) -> None:
    before = await store.revision(), (await client.get("/facts", params={"limit": 1000})).content
    await what_if(client, {"dissolve": "Hampshire County Council"}, {"end": "UP2U"})
    await client.post("/scenarios", json={"title": "bad", "steps": [{"end": "UP2U"}, {"end": "UP2U"}]})
    assert (await store.revision(), (await client.get("/facts", params={"limit": 1000})).content) == before


E1 = {"merge": ["Elm Council", "Oak Council"], "into": {"name": "Elmoak Council"}}


@pytest.mark.parametrize(
    ("steps", "more", "step", "words"),
    [
        ([{"merge": ["Elm Council"], "into": "Elm Council"}], {}, 1, "merged with itself"),
        ([{"merge": ["Elm Council", "elm-council"], "into": {"name": "X"}}], {}, 1, "merged with itself"),
        ([E1, {"withdraw": "Old Ashford Council", "from": "everything"}], {}, 2, "ended on 2019-03-31"),
        ([E1, {"dissolve": "Oak Council"}], {}, 2, "became Elmoak Council in step 1"),
        ([{"merg": ["Elm Council"]}], {}, 1, "did you mean 'merge'"),
        ([{"end": "UP2U"}, 7], {}, 2, "unknown step"),
        ([{"end": "UP2U"}, {"move": "Mill service", "from": "Elm Council"}], {}, 2, "'to' is missing"),
        (
            [
                {"move": "Mill service", "from": "Elm Council", "to": "Yew Council"},
                {"move": "Mill service", "from": "Yew Council", "to": "Elm Council"},
            ],
            {},
            2,
            "a cycle of moves: Mill service would go from Elm Council to Yew Council to Elm Council",
        ),
        ([{"move": "Mill service", "from": "Elm Council", "to": "Elm Council"}], {}, 1, "to itself"),
        ([{"end": "UP2U"}], {"as_of": "1950-01-01"}, 1, "before any source"),
        ([{"end": "UP2U"}, {"end": "Kiln project"}], {}, 2, "EUR and GBP, which are never added"),
        ([{"dissolve": "Hampshire Cultural Trust"}], {"modality": ["hypothetical"]}, 1, "empties the network"),
        ([{"withdraw": "Yew Council", "from": ["Pond project"]}], {}, 1, "nothing to withdraw from"),
        ([{"withdraw": "UP2U", "from": "everything"}], {}, 1, "only an organisation"),
        ([{"end": "Elm Council"}], {}, 1, "dissolve it"),
        ([{"end": "no such thing at all"}], {}, 1, "no source names"),
        ([{"dissolve": "Havant"}], {"as_of": "2014-12-31"}, 1, "fits"),
        ([{"merge": ["Elm Council", "Yew Council"], "into": {"name": "Oak Council"}}], {}, 1, "name it otherwise"),
        ([{"end": "UP2U", "when": "now"}], {}, 1, "there is no 'when' here"),
        ([], {}, None, "at least 1"),
    ],
)
async def test_what_cannot_be_names_its_step(
    client: httpx.AsyncClient, steps: list[Any], more: dict[str, Any], step: int | None, words: str
) -> None:
    answer = await client.post("/scenarios", json={"title": "test", "steps": steps} | more)
    problem = answer.json()
    assert (answer.status_code, problem.get("step")) == (422, step), problem
    assert words in problem["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


async def test_money_in_two_currencies_is_counted_in_the_one_that_is_chosen(client: httpx.AsyncClient) -> None:
    outcome = await what_if(client, {"end": "Kiln project"}, currency="EUR")
    assert [total["total"] for total in outcome["orphaned"]] == [7, None]
    assert outcome["orphaned"][1]["left_out"][0]["why"] == "in GBP, which is not added to EUR"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"title": 1}', b"\xff", b'{"steps": [{"end": "UP2U"}]}'])
async def test_bad_bodies_are_problems(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/scenarios", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


def test_three_are_shipped_and_say_that_they_are_examples() -> None:
    files = shipped(ROOT / "seeds")
    assert set(files) == {"hampshire-unitary", "north-and-mid-hampshire", "county-withdraws"}
    for path in files.values():
        scenario = read_scenario(path)
        assert scenario.title.startswith("Example:")
        assert "not a forecast" in (scenario.note or "")


async def test_one_unitary_for_hampshire(client: httpx.AsyncClient) -> None:
    outcome = (await client.get("/scenarios/hampshire-unitary")).json()
    effects = said(outcome)
    assert ("becomes internal", "hampshire-cultural-trust") in effects, "it joined Winchester and the County only"
    assert ("memberships become one", "havant-public-service-village") in effects
    assert ("group shrinks", "hampshire-districts") in effects
    assert not [e for e in effects if e[0].startswith("loses")], "a merger takes over what its parts had"
    assert outcome["orphaned"] == []
    by_group = {(row["group"]["id"], row["thing"]["id"]): row["says"] for row in outcome["via_group"]}
    assert by_group["hampshire-districts", "hampshire-senate"].endswith(
        "all its members become Hampshire Unitary Council (example), which is in it already."
    )
    sizes = {row["metric"]: (row["before"], row["after"]) for row in outcome["scores"]["network"]}
    assert sizes["organisations"][0] - sizes["organisations"][1] == 11


async def test_four_districts_together(client: httpx.AsyncClient) -> None:
    outcome = (await client.get("/scenarios/north-and-mid-hampshire")).json()
    assert ("passes on", "hampshire-cultural-trust") in said(outcome)
    assert not [row for row in outcome["effects"] if row["effect"] == "becomes internal"]


async def test_the_county_withdraws_from_every_partnership(client: httpx.AsyncClient) -> None:
    outcome = (await client.get("/scenarios/county-withdraws")).json()
    assert said(outcome) == {
        ("left with one partner", "hampshire-cultural-trust"),
        ("loses a partner", "hampshire-senate"),
        ("loses a partner", "project-integra"),
    }
    assert all(row["thing"]["kind"] == "Partnership" for row in outcome["effects"])


async def test_two_side_by_side(client: httpx.AsyncClient) -> None:
    outcome = (await client.get("/scenarios/hampshire-unitary", params={"against": "county-withdraws"})).json()
    other = outcome["against"]
    assert {row["thing"]["id"] for row in other["only_second"]} >= {"hampshire-senate"}
    assert {row["metric"] for row in other["network"]} >= {"density", "fragmentation", "ties"}
    ties = next(row for row in other["network"] if row["metric"] == "ties")
    assert ties["second"] == ties["before"] - 3
    steps = [{"dissolve": "Hampshire Senate"}]
    answer = await client.post("/scenarios?against=county-withdraws", json={"title": "mine", "steps": steps})
    assert answer.json()["against"]["titles"][0] == "mine"


async def test_ranks_are_among_the_bodies_that_stand_in_both(client: httpx.AsyncClient) -> None:
    """A dissolved body is no lower rank that moves everybody: without ties of its own it changes no one's score."""
    steps = [{"dissolve": "Hart"}]
    outcome = (await client.post("/scenarios", json={"title": "mine", "steps": steps})).json()
    rows = {row["organisation"]["id"]: row for row in outcome["scores"]["organisations"]}
    gone = rows.pop("hart-district-council")
    assert (gone["is"], gone["before"], gone["after"], gone["change"]) == ("gone", None, None, None)
    assert {row["change"] for row in rows.values()} <= {0, None}
    merged = (await client.get("/scenarios/hampshire-unitary")).json()["scores"]["organisations"]
    new = next(row for row in merged if row["is"] == "new")
    assert (new["before"], new["after"]) == (None, None)
    assert new["values"]["breadth"]["before"] is None
    assert new["values"]["breadth"]["after"] > 0
    there = [row for row in merged if row["is"] == "there" and row["after"] is not None]
    assert there
    assert all(0 <= row[side] <= 100 for row in there for side in ("before", "after") if row[side] is not None)


async def test_scores_lead_to_the_facts_that_changed_them(client: httpx.AsyncClient) -> None:
    outcome = (await client.get("/scenarios/county-withdraws")).json()
    rows = {row["organisation"]["id"]: row for row in outcome["scores"]["organisations"]}
    known = {fact["id"] for fact in outcome["evidence"]}
    assert rows["winchester-city-council"]["change"] < 0
    assert set(rows["winchester-city-council"]["evidence"]) <= set(outcome["scores"]["evidence"]) <= known
    assert len(outcome["scores"]["evidence"]) == 3


@pytest.mark.parametrize(
    "path", ["/scenarios", "/scenarios/hampshire-unitary", "/scenarios/county-withdraws?against=hampshire-unitary"]
)
async def test_pages(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(path, headers={"accept": "text/html"})
    assert page.status_code == 200, page.text
    assert "not a forecast" in page.text
    assert (await client.get("/scenarios/nowhere")).status_code == 404
