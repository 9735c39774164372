"""The analysts' door, attacked: nothing but reading gets through, nothing runs on, and the graph stays as it was."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service.answers.catalog import Catalog
from service.errors import NotReadOnly
from service.graph.store import Store
from service.sandbox.execution import Sandbox
from service.sandbox.lexical_checks import check_text
from service.sandbox.plan_checks import check_plan
from service.sandbox.regular_expressions import shape_of
from tests.waiting import LONG, until

LONGER = LONG + 600
"""Seconds of a time limit that stops nothing while a test waits."""


WRITES = [
    "CREATE (n:Pwned)",
    "create (n:Pwned) return n",
    "MATCH (n) SET n.pwned = 1",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) DELETE n",
    "MATCH (n:Entity) REMOVE n.name",
    "MERGE (n:Pwned {id: 1})",
    "MATCH (n) WITH n LIMIT 1 SET n:Pwned RETURN n",
    "FOREACH (x IN [1] | CREATE (:Pwned))",
    "MATCH (n) FOREACH (x IN [n] | SET x.pwned = 1)",
    "UNWIND [1] AS x CALL (x) { CREATE (:Pwned) } RETURN x",
    "CALL () { CREATE (:Pwned) } IN TRANSACTIONS RETURN 1",
    "MATCH (n) CALL (n) { SET n.pwned = 1 } IN TRANSACTIONS OF 1 ROWS",
    "MATCH (n) CALL (n) { SET n.pwned = 1 } IN 2 CONCURRENT TRANSACTIONS",
    "/* MATCH (n) RETURN n */ CREATE (:Pwned)",
    "// MATCH (n) RETURN n\nCREATE (:Pwned)",
    "RETURN 'a' // \n UNION CREATE (:Pwned) RETURN 'a'",
    "MATCH (n) RETURN n /* hidden */ UNION MATCH (n) SET n.pwned = 1 RETURN n",
    "RETURN 1; CREATE (:Pwned)",
    "RETURN 1;\nMATCH (n) DETACH DELETE n;",
    "\\u0043REATE (:Pwned)",
    "RETURN 'x\\u0027 CREATE (:Pwned) //'",
    "MATCH (n) WHERE n.name = 'a\\u0027' SET n.pwned = 1 //' RETURN n",
    "\u200bCREATE (:Pwned)",
    "\u00a0\u2003CREATE (:Pwned)",
    "INSERT (:Pwned)",
    "MATCH (n) WITH collect(n) AS all UNWIND all AS m SET m.`pwned` = 1",
    "CYPHER runtime=slotted CREATE (:Pwned)",
    "CYPHER 5 CREATE (:Pwned)",
    "EXPLAIN CREATE (:Pwned)",
    "PROFILE CREATE (:Pwned)",
    "PROFILE MATCH (n) RETURN n",
    "EXPLAIN EXPLAIN MATCH (n) RETURN n",
    "CYPHER 5 PROFILE MATCH (n) RETURN n",
    "CYPHER CYPHER 5 EXPLAIN MATCH (n) RETURN n",
    "// a comment\rCYPHER runtime=slotted MATCH (n) RETURN n",
    "CYPHER 5 // a comment\rruntime=slotted MATCH (n) RETURN n",
]
ADMIN = [
    "CREATE INDEX pwned FOR (n:Entity) ON (n.pwned)",
    "DROP CONSTRAINT entity_id",
    "CREATE CONSTRAINT pwned FOR (n:Pwned) REQUIRE n.x IS UNIQUE",
    "CREATE USER pwned SET PASSWORD 'pwned-pwned'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "ALTER USER neo4j SET PASSWORD 'pwned-pwned'",
    "DROP USER neo4j",
    "GRANT ROLE admin TO neo4j",
    "CREATE DATABASE pwned",
    "STOP DATABASE neo4j",
    "SHOW USERS",
    "SHOW DATABASES",
    "SHOW SETTINGS",
    "SHOW SETTINGS YIELD name, value WHERE name CONTAINS 'auth' RETURN value",
    "SHOW TRANSACTIONS",
    "SHOW PROCEDURES",
    "SHOW FUNCTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system MATCH (n) RETURN n",
    "USE neo4j MATCH (n) RETURN n",
    "CALL () { USE neo4j MATCH (n) RETURN n } RETURN n",
    "USE graph.byName('system') MATCH (n) RETURN n",
    "// a comment\rUSE neo4j MATCH (n) RETURN n",
    "USE(neo4j) MATCH (n) RETURN n",
    "USE\\u00a0neo4j MATCH (n) RETURN n",
]
OUTSIDE = [
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1:7474/' AS row RETURN row",
    "LOAD CSV FROM $where AS row RETURN row",
    "CALL () { LOAD CSV FROM 'http://169.254.169.254/latest' AS row RETURN row } RETURN row",
    "CALL dbms.listConfig()",
    "CALL dbms.listConfig('auth') YIELD value RETURN value",
    "call `dbms`.`listConfig`()",
    "CALL dbms.components()",
    "CALL db.createLabel('Pwned')",
    "CALL db.clearQueryCaches()",
    "CALL dbms.killConnections(['bolt-1'])",
    "CALL dbms.security.listUsers()",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    "CALL tx.setMetaData({joinedup: 'x'})",
    "CALL apoc.load.json('http://127.0.0.1')",
    "CALL apoc.cypher.doIt('CREATE (:Pwned)', {})",
    "MATCH (n) CALL (n) { CALL () { CALL dbms.listConfig() YIELD name RETURN name } RETURN name } RETURN name",
    "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {})",
    "RETURN apoc /* hidden */ . util . sleep(10)",
    "RETURN `apoc`.`util`.`md5`(['x'])",
    "RETURN graph.names()",
    "RETURN 1 // a comment\r, apoc.util.sleep(10)",
    "RETURN `apoc.util.sleep`(10)",
]
BOMBS = [
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(.*a){12}b'",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(a+)+b'",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '.*.*.*.*.*.*b'",
    "RETURN 'aaaa' =~ '(.*' + 'a){12}b'",
    "WITH '(.*a){12}b' AS p RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ p",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ 'a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
    "WITH reduce(s = 'a', i IN range(1, 20) | s + s) AS s RETURN s + '\\n' =~ '.*a.*'",
    "WITH {a: replace('aaaa', 'a', $where)} AS m RETURN m.a =~ '.*a.*'",
    "RETURN 'ab' =~ '(a)\\\\1+'",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' // a comment\r =~ '(a+)+b'",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(.*a)' || '{20}b'",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(.*a)' /* more */ || '{20}b'",
    "RETURN '[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '\\\\Q[\\\\E(a+)+b]'",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(?x)(a+)#\n+b'",
    f"RETURN '{'a' * 40}' =~ '{'(a|a)' * 40}b'",
    "RETURN CASE 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' WHEN =~ '(a+)+b' THEN 1 END",
    "WITH 'aaaaaaaa' AS s WITH (s)+(s) AS s WITH (s)+(s) AS s RETURN s =~ '[^b]*a[^c]*'",
    "RETURN reduce(s = 0, i IN range(1, 2000000000) | s + i)",
    "RETURN size([i IN range(1, 1000 * 1000 * 1000) WHERE i < 0])",
    "RETURN any(i IN `range`(-2000000000, 0) WHERE i > 0)",
    "RETURN reduce(s = 0, i IN [x IN range(1, 50000) | x] | reduce(t = s, j IN range(1, 50000) | t + j))",
    "RETURN reduce(s = 0, i IN range(1, $many) | s + i)",
    "MATCH p = (a)-[*]-(b) RETURN count(p)",
    "MATCH (a), (b), (c), (d) WHERE a.name < b.name AND b.name < c.name AND c.name < d.name RETURN count(*)",
    "UNWIND range(1, 1000000000000) AS x RETURN count(x)",
    "UNWIND range(1, 100000000) AS x WITH collect({a: x}) AS l RETURN size(l)",
    "RETURN size(reduce(s = 'a', i IN range(1, 40) | s + s))",
    "MATCH (n) WITH collect(n) AS l UNWIND l AS a UNWIND l AS b UNWIND l AS c UNWIND l AS d RETURN sum(size(a.name + b.name + c.name + d.name))",
    "RETURN " + "(" * 5000 + "1" + ")" * 5000,
    "RETURN " + "[" * 300 + "]" * 300,
    "RETURN " + "+".join(["1"] * 40_000),
    "RETURN range(1, 100000000)",
    "RETURN reduce(s = 'a', i IN range(1, 26) | s + s)",
    "UNWIND range(1, 5) AS x RETURN reduce(s = 'a', i IN range(1, 25) | s + s)",
    "RETURN 'unfinished",
    "MATCH (n",
    "",
    "   \n ",
    "this is no cypher",
]


async def checksum(store: Store) -> tuple[Any, ...]:
    """What the graph holds: every node and edge, the schema, and the users' graph revision."""
    facts = await store.read("MATCH ()-[f]->() RETURN count(f), sum(size(f.checksum)), count(DISTINCT f.checksum)")
    nodes = await store.read(
        "MATCH (n) RETURN count(n), count(DISTINCT n.checksum), count(n.pwned), sum(size(labels(n)))"
    )
    schema = await store.read("SHOW INDEXES YIELD name RETURN collect(name)")
    return facts.rows[0], nodes.rows[0], sorted(schema.rows[0][0]), await store.revision()


async def send(client: httpx.AsyncClient, statement: str, **more: Any) -> httpx.Response:
    return await client.post("/cypher", json={"statement": statement} | more, timeout=LONG)


@pytest.fixture(scope="module", autouse=True)
async def unchanged(store: Store) -> AsyncIterator[None]:
    before = await checksum(store)
    yield
    assert await checksum(store) == before, "something got through"


def test_there_are_enough() -> None:
    assert len({*WRITES, *ADMIN, *OUTSIDE, *BOMBS}) >= 90


@pytest.mark.parametrize("statement", [*WRITES, *ADMIN, *OUTSIDE])
async def test_what_does_more_than_read_is_refused(client: httpx.AsyncClient, statement: str) -> None:
    answer = await send(client, statement, parameters={"where": "file:///etc/passwd"})
    problem = answer.json()
    assert answer.status_code in {403, 422}, problem
    if answer.status_code == 403:
        assert problem["line"] >= 1
        assert problem["column"] >= 1
        assert "line" in problem["detail"]
    for leak in ("Traceback", "/neo4j/", "site-packages", "/home/", "/tmp/"):
        assert leak not in answer.text


@pytest.mark.parametrize("statement", BOMBS, ids=lambda s: s[:40].strip() or "blank")
async def test_bombs_are_refused_or_stopped(client: httpx.AsyncClient, store: Store, statement: str) -> None:
    answer = await send(client, statement, parameters={"many": 2_000_000_000} if "$many" in statement else {})
    assert answer.status_code in {403, 422, 503, 504}, answer.text[:500]
    assert not statement.strip() or await running(store, statement[:200]) == 0
    assert "Traceback" not in answer.text
    assert len(answer.text) < 5000


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("MATCH (n)\nSET n.x = 1", "SetProperty is not reading (line 2, column 1)"),
        ("LOAD CSV FROM 'file:///x' AS r RETURN r", "LoadCSV is not reading (line 1, column 1)"),
        (
            "RETURN 1 AS x UNION\nCALL dbms.listConfig() YIELD name AS x RETURN x",
            "the procedure dbms.listConfig is not",
        ),
        ("MATCH (n) RETRUN n", "Invalid input 'RETRUN'"),
        ("RETURN n", "Variable `n` not defined (line 1, column 8 (offset: 7))"),
    ],
)
async def test_what_is_wrong_is_said_with_its_place(client: httpx.AsyncClient, statement: str, words: str) -> None:
    problem = (await send(client, statement)).json()
    assert words in problem["detail"], problem["detail"]
    assert "EXPLAIN" not in problem["detail"]


@pytest.mark.parametrize(
    ("pattern", "safe"),
    [
        *(
            ("(?i).*winchester.*", True),
            ("Hamp.*", True),
            (".*council", True),
            ("[A-Z]{2}\\d{3}", True),
            ("a|b|c", True),
        ),
        *(("\\w+", True), (".*(north|south) hampshire.*", True), ("colou?r", True), ("a.c", True)),
        *(("(a+)+", False), (".*a.*b", False), ("(a|b)*c", False), ("(a?){20}", False), ("(a)\\1", False)),
        *(("(?=a)b", False), ("a{1000}", False), ("[a-z]+x[a-z]+y", False)),
        *(("\\d{4}-\\d{2}-\\d{2}", True), (".*north.*|.*south.*", True), ("^(?:a|b).*$", True), ("\\p{Lu}[^,]*", True)),
        *(("\\Q[\\E(a+)+b", False), ("(?x)a", False), ("(a.*)b", False), ("(a|a)" * 11, False), ("a*+", False)),
        *(("a**", False), ("[a&&b]", False), ("[[a]]", False), ("(?<x>a)", False), ("a" * 1001, False), ("(a", False)),
    ],
)
def test_which_regular_expressions_are_let_through(pattern: str, safe: bool) -> None:
    try:
        shape_of(pattern)
    except ValueError:
        assert not safe
    else:
        assert safe


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Entity) WHERE n.name =~ '(?i).*winchester.*' RETURN n.name",
        "MATCH (n:Entity) WHERE n.name =~ $p RETURN n.name",
        "MATCH (use:Entity) RETURN use.name LIMIT 1",
        "UNWIND range(1, 2000000000) AS x RETURN x LIMIT 1",
        "RETURN [x IN ['a'] WHERE x =~ 'a' | x] AS some, 'a' =~ 'b' = false AS yes",
        "MATCH (o:Organisation) ((a)-[:PART_OF]->(b))+ (c) WHERE o.name =~ '(?s).*Council.*' RETURN count(*) AS n",
        "MATCH (n:Entity) RETURN n.name AS `CREATE (x)`, 'SET x = 1; DROP' AS `delete` LIMIT 1",
        "MATCH (n) /* CREATE */ RETURN n // SET\n LIMIT 1",
        "CALL db.labels() YIELD label RETURN label",
        "CALL db.index.fulltext.queryNodes('names', 'winchester') YIELD node, score RETURN node.name, score",
        "SHOW INDEXES",
        "CYPHER 5 MATCH (n) RETURN count(n)",
        "RETURN date.truncate('year', date('2014-10-03')) AS d, duration.between(date('2010-01-01'), date()) AS u",
        "MATCH p = shortestPath((:Entity {id: 'winchester-city-council'})-[*..4]-(:Entity {id: 'up2u'})) RETURN p",
        "MATCH (a:Authority) CALL (a) { MATCH (a)-[f]->() RETURN count(f) AS n } RETURN a.name, n ORDER BY n DESC LIMIT 3",
        "MATCH (a:Organisation)-[:PART_OF|MEMBER_OF]->+(b) RETURN a.name, b.name",
        "UNWIND range(1, 10) AS x RETURN x, CASE WHEN x > 5 THEN 'é\\u00e9' ELSE null END AS y",
        "MATCH (n:Entity) WHERE EXISTS { (n)-[:FUNDS]->() } AND COUNT { (n)--() } > 1 RETURN n.name",
    ],
)
async def test_reading_is_let_through(client: httpx.AsyncClient, statement: str) -> None:
    answer = await send(client, statement, parameters={"p": "Winch.*"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"] or "shortestPath" in statement


async def test_every_query_of_the_project_would_pass(store: Store, catalog: Catalog) -> None:
    for query in catalog:
        bound = dict.fromkeys(
            ("as_of", "known_at", "basis", "modality", "disputed", *(p.name for p in query.parameters))
        )
        check_text(query.text, bound)
        check_plan(await store.explain(query.text, bound), query.text)


async def test_types_are_kept_apart(client: httpx.AsyncClient) -> None:
    statement = """MATCH p = (a:Organisation)-[f:FUNDS]->(b) WITH p, a, f LIMIT 1
        RETURN a, f, p, date('2014-10-03') AS day, duration('P1DT2H') AS span, datetime('2014-10-03T10:00:00Z') AS at,
               point({x: 1, y: 2}) AS where, 1 AS one, 1.5 AS half, 9007199254740993 AS large, 0.0/0.0 AS nan, true AS yes,
               null AS nothing, [1, date('2014-10-03')] AS list, {a: 1} AS map, 'x' AS text"""
    body = (await send(client, statement)).json()
    row = dict(zip(body["columns"], body["rows"][0], strict=True))
    types = dict(zip(body["columns"], body["types"], strict=True))
    assert (types["a"], types["f"], types["p"], types["day"], types["span"]) == (
        *("Node", "Relationship", "Path", "Date", "Duration"),
    )
    assert (types["one"], types["half"], types["nothing"], types["list"]) == ("Integer", "Float", "Null", "List")
    assert row["a"]["_value"]["_labels"][0] == "Authority" or "Organisation" in row["a"]["_value"]["_labels"]
    assert row["f"]["_value"]["_type"] == "FUNDS"
    assert len(row["p"]["_value"]) == 3
    assert row["day"] == {"$type": "Date", "_value": "2014-10-03"}
    assert row["large"] == {"$type": "Integer", "_value": "9007199254740993"}
    assert row["nan"] == {"$type": "Float", "_value": "nan"}
    assert row["list"] == [1, {"$type": "Date", "_value": "2014-10-03"}]
    assert (row["one"], row["half"], row["yes"], row["nothing"], row["map"]) == (1, 1.5, True, None, {"a": 1})
    assert body["seconds"] >= 0


async def test_rows_are_cut_and_it_says_so(client: httpx.AsyncClient) -> None:
    body = (await send(client, "UNWIND range(1, 50) AS x RETURN x", limit=10)).json()
    assert (len(body["rows"]), body["truncated"]) == (10, True)
    body = (await send(client, "UNWIND range(1, 10) AS x RETURN x", limit=10)).json()
    assert (len(body["rows"]), body["truncated"]) == (10, False)


async def test_csv_lines_plan_and_page(client: httpx.AsyncClient) -> None:
    statement = {"statement": "MATCH (n:Authority) RETURN n, n.name AS name ORDER BY name", "limit": 5}
    table = await client.post("/cypher", json=statement, headers={"accept": "text/csv"})
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert rows[0] == ["n", "name"]
    assert rows[1][0] == rows[1][1]
    assert rows[-1][0].startswith("(cut after 5 rows")
    lines = await client.post("/cypher", json=statement, headers={"accept": "application/x-ndjson"})
    objects = [json.loads(line) for line in lines.text.splitlines()]
    assert len(objects) == 6
    assert objects[0]["n"]["$type"] == "Node"
    assert "$truncated" in objects[-1]
    plan = (await client.post("/cypher", json=statement | {"plan": True})).json()
    assert plan["plan"]["operator"] == "ProduceResults"
    assert plan["rows"] == []
    page = await client.get("/cypher", params={"statement": statement["statement"]}, headers={"accept": "text/html"})
    assert "Winchester City Council" in page.text
    refused = await client.get("/cypher", params={"statement": "CREATE (n)"}, headers={"accept": "text/html"})
    assert refused.status_code == 403


async def test_a_formula_in_a_table_is_no_formula(client: httpx.AsyncClient) -> None:
    body = {"statement": "RETURN '=1+1' AS x"}
    table = await client.post("/cypher", json=body, headers={"accept": "text/csv"})
    assert "'=1+1" in table.text


async def running(store: Store, words: str) -> int:
    """Transactions that run a statement with these words in it and were not told to stop."""
    table = await store.read(
        "SHOW TRANSACTIONS YIELD currentQuery, status WHERE currentQuery CONTAINS $words "
        "AND NOT currentQuery CONTAINS 'SHOW' AND NOT status STARTS WITH 'Terminated' RETURN count(*)",
        {"words": words},
    )
    return int(table.rows[0][0])


async def test_a_statement_that_nobody_waits_for_is_stopped_on_the_server(store: Store) -> None:
    sandbox = Sandbox(store, timeout=LONGER)
    words = "nobody_waits"

    async def ask() -> None:
        statement = f"UNWIND range(1, 1000000000000) AS {words} RETURN count({words})"
        async with sandbox.passing(statement, {}, limit=1) as passing:
            [row async for row in passing.rows]

    task = asyncio.create_task(ask())

    async def runs() -> bool:
        return await running(store, words) > 0

    await until(runs, "it ran")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await running(store, words) == 0


async def test_who_leaves_a_stream_early_stops_it(store: Store) -> None:
    sandbox = Sandbox(store, timeout=LONGER)
    statement = "UNWIND range(1, 1000000000000) AS left_early RETURN left_early, 'x' AS x"
    async with sandbox.passing(statement, {}, limit=1_000_000) as passing:
        async for _ in passing.rows:
            break
    assert await running(store, "left_early") == 0


async def test_heavy_statements_wait_their_turn(store: Store) -> None:
    """Two run, sixteen wait, and the others are turned away while those still run and wait."""
    sandbox = Sandbox(store, at_once=2, timeout=LONGER)
    heavy = "UNWIND range(1, 1000000000000) AS in_turn RETURN count(in_turn)"

    async def ask() -> str:
        try:
            async with sandbox.passing(heavy, {}, limit=1) as passing:
                [row async for row in passing.rows]
        except Exception as error:
            return type(error).__name__
        return "answered"

    asked = [asyncio.create_task(ask()) for _ in range(30)]

    async def turned_away() -> bool:
        return sum(task.done() for task in asked) == 12

    async def two_run() -> bool:
        return await running(store, "in_turn") == 2

    await until(turned_away, "twelve were turned away")
    assert {task.result() for task in asked if task.done()} == {"Busy"}
    await until(two_run, "two ran")
    assert sum(task.done() for task in asked) == 12
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert await running(store, "in_turn") == 0


@pytest.mark.parametrize(
    "value",
    ["1180591620717411303424", "-9223372036854775809", '"\\ud800"', "[" * 3000 + "]" * 3000, '{"a": "\\udfff"}'],
)
async def test_parameters_that_neo4j_cannot_hold(client: httpx.AsyncClient, value: str) -> None:
    content = f'{{"statement": "RETURN $x AS x", "parameters": {{"x": {value}}}}}'
    answer = await client.post("/cypher", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}, answer.text


async def test_an_answer_is_cut_by_its_bytes_too(client: httpx.AsyncClient) -> None:
    statement = "UNWIND range(1, 1000) AS x RETURN reduce(s = 'a', i IN range(1, 20) | s + s) AS s"
    answer = await send(client, statement)
    body = answer.json()
    assert body["truncated"]
    assert len(answer.content) < 80_000_000


def test_a_statement_that_is_too_long_is_refused() -> None:
    with pytest.raises(NotReadOnly):
        check_text("RETURN 1 " + " " * 60_000, {})
