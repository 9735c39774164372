"""Each file of cypher/read runs as people paste it: its `:param` line first, then the file as it stands."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import httpx
import orjson
import pytest

from service.answers.catalog import read_catalog
from service.answers.filters import Filters
from service.cli.cypher import _run
from service.connection import Connection
from service.errors import BadParameter, NotReadOnly, QueryFailed, ServiceError
from service.graph.cypher_expansion import CYPHER, predicate_parameters
from service.graph.cypher_parameters import parameter_line
from service.graph.store import Store
from service.sandbox.execution import Sandbox
from service.sandbox.values import as_json
from tests.cli.test_commands import ROOT, environment

CATALOG = read_catalog()
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((CYPHER / "read").glob("*.cypher"))}
NOTHING_IN_THE_SEEDS = {"funded-within"}
"""What only an import of grants brings."""


@pytest.mark.parametrize("name", FILES)
async def test_a_file_runs_as_it_is_pasted(
    name: str, store: Store, client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    statement = FILES[name]
    line = parameter_line(statement)
    assert line is not None
    [[given]] = (await store.read(f"RETURN {line.map} AS given")).rows
    pasted = await store.read(statement, given)
    rows = orjson.loads(orjson.dumps([[as_json(value) for value in row] for row in pasted.rows]))
    assert rows or name in NOTHING_IN_THE_SEEDS
    posted = await client.post("/cypher", json={"statement": statement})
    assert posted.status_code == 200, posted.text
    assert (posted.json()["columns"], posted.json()["rows"]) == (list(pasted.columns), rows)
    await _run(Sandbox(store), statement, {}, 1000, False, "json")
    assert orjson.loads(capsys.readouterr().out)["rows"] == rows


@pytest.mark.parametrize("name", FILES)
async def test_its_line_lists_every_parameter_with_the_defaults_of_the_service(name: str, store: Store) -> None:
    query = CATALOG[name]
    line = parameter_line(FILES[name])
    assert line is not None
    [[given]] = (await store.read(f"RETURN {line.map} AS given")).rows
    own = {parameter.name for parameter in query.parameters}
    assert own <= set(given)
    assert {name: given[name] for name in given.keys() - own} == Filters().parameters(query.modality)
    assert set(given) - own == set(predicate_parameters())


def test_standard_input_is_taken_with_its_own_parameters(store: Store, connection: Connection) -> None:
    statement = "// :param {a: [1, 'x'], b: date('2014-10-03')}\nRETURN $a AS a, $b AS b"

    def rows(*arguments: str) -> Any:
        command = [sys.executable, "-m", "service", "cypher", "--json", *arguments]
        done = subprocess.run(
            command, input=statement, capture_output=True, text=True, env=environment(connection), cwd=ROOT, check=True
        )
        return orjson.loads(done.stdout)["rows"]

    day = {"$type": "Date", "_value": "2014-10-03"}
    assert rows() == [[[1, "x"], day]]
    assert rows("-p", "a=2") == [[2, day]]


async def test_what_is_given_goes_before_the_line(client: httpx.AsyncClient) -> None:
    statement = "/* about */\n// :param {a: 1, `b b`: {c: [1, 2]}}\nRETURN $a AS a, $`b b`.c[1] AS b"
    body = {"statement": statement, "parameters": {"a": "given"}}
    assert (await client.post("/cypher", json=body)).json()["rows"] == [["given", 2]]
    address = {"statement": statement, "parameters": '{"a": "given"}'}
    assert (await client.get("/cypher", params=address)).json()["rows"] == [["given", 2]]
    page = await client.get("/cypher.html", params=address)
    assert "<td" in page.text
    assert "given" in page.text


async def test_a_line_behind_the_first_word_is_a_comment(client: httpx.AsyncClient) -> None:
    answer = await client.post("/cypher", json={"statement": "RETURN 1 AS a\n// :param {a: nonsense"})
    assert answer.json()["rows"] == [[1]]


@pytest.mark.parametrize(
    ("statement", "kind", "said", "line"),
    [
        ("\n// :param a => 1\nRETURN $a", BadParameter, "write the parameters as a map", 2),
        ("// :param {a: }\nRETURN $a", BadParameter, "write the parameters as a map", 1),
        ("// :param {a: 1}}\nRETURN $a", BadParameter, "write the parameters as a map", 1),
        ("// :param {a: 1} RETURN 1\nRETURN $a", BadParameter, "write the parameters as a map", 1),
        ("// :param {a: 1}\n// :param {b: 1}\nRETURN $a", BadParameter, "a second `// :param` line", 2),
        ("// :param {a: COLLECT { MATCH (n) RETURN n LIMIT 1 }}\nRETURN $a", BadParameter, "a parameter is a value", 1),
        ("\n\n// :param {a: 1 +}\nRETURN $a", QueryFailed, "(line 3, column 18", 3),
        ("// :param {a: apoc.util.sleep(1)}\nRETURN $a", NotReadOnly, "the function apoc.util.sleep", 1),
        ("// :param {a: size(range(1, 2000000000))}\nRETURN $a", NotReadOnly, "cannot be stopped", 1),
        ("// :param {a: '(.*a){12}b'}\nRETURN 'a' =~ $a", NotReadOnly, "repeats a group", 2),
        ("// :param {a: 1}\n\nRETURN $a, x", QueryFailed, "`x` not defined (line 3, column 12", 3),
        ("// :param {a: 1}\nRETURN $a, $c", QueryFailed, "Expected parameter(s): c", None),
    ],
)
async def test_what_is_wrong_is_said_with_its_line(
    store: Store, statement: str, kind: type[ServiceError], said: str, line: int | None
) -> None:
    with pytest.raises(kind) as caught:
        async with Sandbox(store).passing(statement, {}, limit=10) as passing:
            [row async for row in passing.rows]
    assert said in caught.value.detail
    assert caught.value.extra.get("line") == line
