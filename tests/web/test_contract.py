"""The contract that clients rely on: shapes, forms, errors, and answers that stay true."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import httpx
import pytest

from service.exports.rows import as_csv
from service.graph.store import Store, Writing
from service.model.facts import Seeds
from service.runtime.revision import RevisionWatcher
from tests.waiting import caught_up, until

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
MISSION = "/ask?q=which partners share services with Winchester"
PAGES = [
    *("/", MISSION, "/ask?q=what about waste and film", "/queries", "/queries/leads?thing=UP2U", "/entities"),
    *(
        "/entities?q=winch",
        "/entities/HCC",
        "/facts",
        "/facts?subject=HCC&relation=FUNDS",
        "/sources",
        "/sources/minutes",
    ),
    *("/entities/havant", "/entities/zzzzz", "/nothing", "/ask", "/entities?limit=-1"),
]


async def get(client: httpx.AsyncClient, path: str, status: int = 200, **headers: str) -> Any:
    response = await client.get(path, headers=headers)
    assert response.status_code == status, response.text
    if status >= 300:
        assert response.headers["content-type"] == "application/problem+json"
        body = response.json()
        assert {"type", "title", "status", "detail", "instance"} <= set(body)
        assert body["status"] == status
        return body
    return response.json()


async def test_ask(client: httpx.AsyncClient) -> None:
    body = await get(client, MISSION)
    assert {"question", "query", "parameters", "rows", "evidence", "notes", "truncated", "revision"} <= set(body)
    assert {row["grade"] for row in body["rows"]} == {"named together", "via group"}
    known = {fact["id"]: fact for fact in body["evidence"]}
    for row in body["rows"]:
        assert row["evidence"]
        assert [known[each]["quote"] for each in row["evidence"]]
    assert (body["truncated"], body["query"]) == (False, "partners-sharing-services")


async def test_queries(client: httpx.AsyncClient) -> None:
    body = await get(client, "/queries")
    assert body["total"] == len(body["results"]) >= 25
    for query in body["results"]:
        assert {"name", "title", "ask", "parameters", "columns"} <= set(query)
    by_name = await get(client, "/queries/leads?thing=asset-management-workstream")
    assert {row["body"]["id"] for row in by_name["rows"]} == {"hampshire-county-council", "west-midlands"}


async def test_entities(client: httpx.AsyncClient, seeds: Seeds) -> None:
    body = await get(client, "/entities?q=Winchester")
    assert body["results"][0]["id"] == "winchester-city-council"
    page = await get(client, "/entities?limit=10&kind=Authority&kind=Place")
    assert len(page["results"]) == 10
    assert page["total"] == sum(each.kind in {"Authority", "Place"} for each in seeds.entities)
    following = await get(client, page["next"])
    assert following["offset"] == 10
    assert not {e["id"] for e in page["results"]} & {e["id"] for e in following["results"]}
    one = await get(client, "/entities/winchester-city-council")
    assert one["gss_code"] == "E07000094"
    assert "Winchester" in one["aliases"]
    assert [fact["object"]["id"] for fact in one["facts_out"] if fact["basis"] == "stated"] == [
        "hampshire-cultural-trust"
    ]


async def test_facts(client: httpx.AsyncClient) -> None:
    body = await get(client, "/facts?subject=HCC&relation=FUNDS&modality=actual")
    (fact,) = body["results"]
    assert fact["object"]["id"] == "superfast-broadband"
    assert (fact["amount"], fact["currency"], fact["basis"]) == (3_500_000, "GBP", "stated")
    assert (await get(client, f"/facts/{fact['id']}")) == fact
    both = await get(client, "/facts?subject=isle-of-wight-council&subject=nhs-isle-of-wight&relation=FUNDS")
    assert [f["amount"] for f in both["results"]] == [10_000, 10_000]


async def test_sources(client: httpx.AsyncClient) -> None:
    body = await get(client, "/sources")
    assert {s["id"] for s in body["results"]} == {
        *("total-place-activities-2010", "joint-working-minutes-2014", "hampshire-authorities-register"),
    }
    one = await get(client, "/sources/total-place-activities-2010")
    assert len(one["facts"]) > 100
    for fact in one["facts"]:
        assert one["text"][fact["start"] : fact["end"]] == fact["quote"]


async def test_health(client: httpx.AsyncClient) -> None:
    assert (await get(client, "/healthz")) == {"status": "alive"}
    assert (await get(client, "/readyz"))["status"] == "ready"
    assert "python_info" in (await client.get("/metrics")).text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(
            ("/nothing", 404),
            ("/entities/zzzzzz", 404),
            ("/facts/f-0", 404),
            ("/sources/up2u", 404),
            ("/queries/nothing", 404),
        ),
        *(("/entities/Havant", 300), ("/ask?q=what does Havant take part in", 300), ("/ask?q=who funds Atlantis", 404)),
        *(("/entities?limit=-1", 422), ("/entities?limit=1000000", 422), ("/facts?nonsense=1", 422), ("/ask", 422)),
        *(("/facts?relation=FUND", 422), ("/facts?as_of=2014-02-30", 422), ("/facts?modality=maybe", 422)),
        *(("/queries/leads", 422), ("/queries/leads?thng=x", 422), ("/queries/leads?thing=UP2U&limit=-1", 422)),
        *(("/queries/leads?thing=UP2U&limit=1000000", 422), ("/queries/leads?thing=UP2U&thing=Workstyle", 422)),
        *(("/queries/figures-by-measure?measure=luck", 422), ("/ask?q=" + "x" * 10_000, 422), ("/ask?q=%00", 422)),
        *(("/facts?offset=-1", 422), ("/entities?kind=Castle", 422), ("/ask?q=who funds UP2U&limit=0", 422)),
    ],
)
async def test_problems(client: httpx.AsyncClient, path: str, status: int) -> None:
    body = await get(client, path, status)
    assert body["detail"]
    if status == 300:
        assert len(body["candidates"]) == 3


async def test_a_method_that_is_not_for_it(client: httpx.AsyncClient) -> None:
    response = await client.post("/ask?q=x")
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"


async def test_near_names_are_offered(client: httpx.AsyncClient) -> None:
    body = await get(client, "/entities/Hampshire Culture Truest Fund", 404)
    assert "hampshire-cultural-trust" in {each["id"] for each in body["nearest"]}
    assert "did you mean 'leads'?" in (await get(client, "/queries/lead", 404))["detail"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_a_page(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path, headers=HTML)
    assert response.headers["content-type"].startswith("text/html")
    assert response.text.startswith("<!doctype html>")
    assert "Traceback" not in response.text


async def test_endings_and_accept_pick_the_form(client: httpx.AsyncClient) -> None:
    forms = {"json": "application/json", "csv": "text/csv", "html": "text/html"}
    for ending, media in forms.items():
        response = await client.get(f"/entities.{ending}", headers=HTML)
        assert response.headers["content-type"].startswith(media)
        by_accept = await client.get("/entities", headers={"Accept": media})
        assert by_accept.content == response.content
        assert by_accept.headers["vary"] == "Accept"


async def test_csv_has_the_rows_and_ids_of_the_json(client: httpx.AsyncClient) -> None:
    body = await get(client, MISSION)
    text = (await client.get(MISSION.replace("/ask", "/ask.csv"))).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["partner_id"] for row in rows] == [row["partner"]["id"] for row in body["rows"]]
    assert all(row["quotes"] and row["sources"] and row["evidence"] for row in rows)


def test_csv_escapes_formulas_and_marks_cuts() -> None:
    text = as_csv([{"a": "=1+1", "b": "@x", "c": -5, "d": "-5"}], truncated=True)
    assert text.splitlines() == ["a,b,c,d", "'=1+1,'@x,-5,'-5", "(cut after 1 rows: there are more)"]


async def test_a_cut_answer_says_so(client: httpx.AsyncClient) -> None:
    body = await get(client, MISSION + "&limit=2")
    assert (len(body["rows"]), body["truncated"]) == (2, True)
    text = (await client.get(MISSION.replace("/ask", "/ask.csv") + "&limit=2")).text
    assert "cut after 2 rows" in text


async def test_etags(client: httpx.AsyncClient) -> None:
    first = await client.get(MISSION)
    etag = first.headers["etag"]
    again = await client.get(MISSION, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get("/facts?limit=2&offset=1")
    turned = await client.get("/facts?offset=1&limit=2")
    assert turned.headers["etag"] == other.headers["etag"] != etag
    as_csv_too = await client.get(MISSION.replace("/ask", "/ask.csv"))
    assert as_csv_too.headers["etag"] != etag


class Looking(RevisionWatcher):
    """A watch that remembers what it saw at each look."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.seen: list[str | None] = []

    async def _look(self) -> None:
        await super()._look()
        self.seen.append(self.revision)


async def test_a_write_by_anyone_is_seen_at_the_next_look(client: httpx.AsyncClient, store: Store) -> None:
    path = "/ask?q=who leads UP2U"
    before = await client.get(path)

    async def add(writing: Writing) -> None:
        await writing.run(
            "MATCH (h {id: 'home-office'}), (u {id: 'up2u'}) CREATE (h)-[:TAKES_PART_IN {fact: 'f-test', role: 'lead', "
            "basis: 'stated', modality: 'actual', source: 'x', quote: 'q', line: 1, start: 0, "
            "recorded: date('2010-01-01'), holds_from: date('2010-01-01'), holds_until: date('9999-12-31')}]->(u)"
        )

    async def remove(writing: Writing) -> None:
        await writing.run("MATCH ()-[f {fact: 'f-test'}]->() DELETE f")

    watch = Looking(store)
    await watch.start()
    await store.write(add)
    looked, revision = len(watch.seen), await store.revision()

    async def seen() -> bool:
        return revision in watch.seen

    await until(seen, "the watch saw the write")
    await watch.stop()
    assert watch.seen.index(revision) - looked <= 1, "after the one that was under way while it was written"
    try:
        await caught_up(client, store)
        after = await client.get(path, headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert len(after.json()["rows"]) == len(before.json()["rows"]) + 1
    finally:
        await store.write(remove)
    await caught_up(client, store)
    assert (await client.get(path)).json()["rows"] == before.json()["rows"]


async def test_filters_reach_every_answer(client: httpx.AsyncClient) -> None:
    for path in ("/ask?q=who funds superfast broadband", "/queries/funders?thing=superfast-broadband"):
        assert (await get(client, f"{path}&known_at=2011-01-01"))["rows"] == []
        assert (await get(client, f"{path}&basis=implied"))["rows"] == []
        assert len((await get(client, f"{path}&as_of=2014-06-01&modality=actual"))["rows"]) == 2


async def test_many_asking_at_once_cause_one_computation(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.get("/ask?q=what depends on HCC") for _ in range(20)))
    assert len({answer.content for answer in answers}) == 1


async def test_openapi_describes_every_answer(client: httpx.AsyncClient) -> None:
    body = await get(client, "/openapi.json")
    for path in ("/ask", "/queries", "/queries/{name}", "/entities", "/entities/{name}", "/facts", "/sources"):
        responses = body["paths"][path]["get"]["responses"]
        assert {"200", "304", "422", "503"} <= set(responses)
        assert "application/problem+json" in responses["503"]["content"]
    assert (await client.get("/docs")).status_code == 200
