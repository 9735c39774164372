"""What the page of a body or thing shows beside its facts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx

from service.profiles.profile import Happening, timeline


async def words(client: httpx.AsyncClient, path: str) -> str:
    page = await client.get(path, headers={"accept": "text/html"})
    assert page.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


def section(text: str, first: str, last: str) -> str:
    return text.partition(first)[2].partition(last)[0]


async def test_partners_stand_by_what_they_share_each_with_its_grade(client: httpx.AsyncClient) -> None:
    text = section(await words(client, "/entities/winchester-city-council.html"), "Partners, by what", "Its place")
    trust, _, rest = text.partition("Hampshire Senate")
    assert "Hampshire Cultural Trust Hampshire County Council named together" in trust
    assert rest.strip().startswith("as one of the 11 Hampshire districts")
    assert "via group" in rest, "what holds of a group is not said of its member"


async def test_a_thing_shows_who_takes_part_and_its_figures(client: httpx.AsyncClient) -> None:
    text = await words(client, "/entities/superfast-broadband.html")
    assert "Hampshire Partnership partner" in section(text, "Who takes part", "Figures")
    figures = section(text, "Figures", "Timeline")
    assert "£32,000,000" in figures
    assert "about £20,000,000" in figures
    assert "not added up" in figures


async def test_a_body_knows_its_place_and_the_parts_of_its_score(client: httpx.AsyncClient) -> None:
    rows = (await client.get("/scores/organisations.json?limit=1000")).json()["results"]
    known = [row["collaboration"] for row in rows if row["collaboration"] is not None]
    mine = next(row for row in rows if row["organisation"]["id"] == "winchester-city-council")
    text = section(await words(client, "/entities/winchester-city-council.html"), "Its place", "All its scores")
    assert f"{mine['rank']} of {len(known)}" in text
    assert all(part in text for part in ("Breadth", "Reach", "Brokerage", "Core"))


async def test_the_timeline_says_when_sources_spoke(client: httpx.AsyncClient) -> None:
    text = section(await words(client, "/entities/superfast-broadband.html"), "Timeline", "What it does")
    assert "2014-10-03 Opportunities for Joint Working" in text


async def test_the_timeline_is_in_order_and_a_plan_is_no_beginning(store: Any) -> None:
    fact = {"source": "total-place-activities-2010", "recorded": "2010-06-01", "relation": "USES", "valid_until": None}
    planned = fact | {"modality": "planned", "valid_from": "2012-04"}
    held = fact | {"modality": "actual", "valid_from": "2009", "valid_until": "2011-03-31"}
    maybe = fact | {"modality": "hypothetical", "valid_from": "2008"}
    paid = fact | {"modality": "actual", "relation": "FUNDS", "valid_from": "2013-01-01"}
    found = await timeline(store, {"name": "A thing", "exists_from": "2000"}, [planned, held, maybe, paid])
    assert [(each.date, each.says) for each in found if each.fact] == [
        ("2009", "began"),
        ("2011-03-31", "ended"),
        ("2012-04", "planned to begin"),
        ("2013-01-01", "given"),
    ]
    assert found[0] == Happening("2000", "A thing came to be", None)
    assert found == sorted(found, key=lambda each: each.date)


async def test_a_source_says_how_much_of_it_no_fact_covers(client: httpx.AsyncClient) -> None:
    source = (await client.get("/sources/total-place-activities-2010.json")).json()
    covered = {i for fact in source["facts"] for i in range(fact["start"], fact["end"])}
    letters = [i for i, letter in enumerate(source["text"]) if not letter.isspace()]
    share = 100 - 100 * sum(i in covered for i in letters) / len(letters)
    assert f"no fact covers yet: {share:.0f}% of the text" in await words(
        client, "/sources/total-place-activities-2010.html"
    )


async def test_the_start_says_when_the_graph_was_last_loaded(client: httpx.AsyncClient) -> None:
    holds = (await client.get("/.json")).json()["holds"]
    assert holds["loaded"] > "2026"
    assert "Last loaded" in await words(client, "/")
