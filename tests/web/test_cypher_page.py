"""The Cypher page: parameters in the address, colours, and the result as a picture."""

from __future__ import annotations

import re

import httpx

PATHS = "MATCH p = (n:Programme {id: $id})--(m) RETURN p, {it: [n]} AS nested"
GIVEN = '{"id": "superfast-broadband"}'


async def test_an_address_takes_parameters(client: httpx.AsyncClient) -> None:
    asked = {"statement": "RETURN $id AS id, $n + 1 AS n", "parameters": '{"id": "x", "n": 1}'}
    answer = (await client.get("/cypher", params=asked)).json()
    assert answer["rows"] == [["x", 2]]
    for wrong in ("[1]", "{", "3"):
        refused = await client.get("/cypher", params=asked | {"parameters": wrong})
        assert refused.status_code == 422
        assert "parameters" in refused.json()["detail"]


async def test_nodes_and_relationships_are_drawn(client: httpx.AsyncClient) -> None:
    page = (await client.get("/cypher.html", params={"statement": PATHS, "parameters": GIVEN})).text
    count = "MATCH (n:Programme {id: $id})--(m) RETURN count(DISTINCT m)"
    others = (await client.get("/cypher", params={"statement": count, "parameters": GIVEN})).json()["rows"][0][0]
    assert len(re.findall(r'class="dot', page)) == others + 1
    assert len(re.findall(r"<line ", page)) == others
    assert 'href="/entities/superfast-broadband.html"' in page
    assert GIVEN.replace('"', "&#34;").replace(": ", ":") in page


async def test_rows_without_nodes_have_no_picture(client: httpx.AsyncClient) -> None:
    page = (await client.get("/cypher.html", params={"statement": "RETURN 1 AS one"})).text
    assert "as a picture" not in page
    assert "1 row," in page


async def test_colours_escape_what_is_written(client: httpx.AsyncClient) -> None:
    answer = await client.get("/cypher/highlighted", params={"statement": "MATCH (n) RETURN '<script>'"})
    assert '<span class="k">MATCH</span>' in answer.text
    assert "<script>" not in answer.text


async def test_an_answer_leads_to_its_cypher_with_the_same_rows(client: httpx.AsyncClient) -> None:
    question = "which partners share services with Winchester"
    page = (await client.get("/ask.html", params={"q": question})).text
    href = re.search(r'href="(/cypher.html[^"]+)"', page)
    assert href
    rows = (await client.get(href[1].replace("&amp;", "&").replace(".html", ".json"))).json()["rows"]
    answer = (await client.get("/ask.json", params={"q": question})).json()
    assert [row[0]["id"] for row in rows] == [row["partner"]["id"] for row in answer["rows"]]
    assert 'href="/ask.csv?q=' in page
    named = (await client.get("/queries/leads.html?thing=superfast-broadband")).text
    assert 'href="/queries/leads.csv?thing=superfast-broadband"' in named
