"""The files of cypher/ run anywhere as they stand: nothing in them needs us to be understood."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.errors import QueryFailed, StatementError
from service.graph.connection import Connection
from service.graph.cypher_expansion import CYPHER, as_written, cypher_files, expanded
from service.graph.cypher_parameters import parameter_line
from service.graph.store import Store
from service.queries.catalog import read_catalog
from tests.commands.test_commands import ROOT, environment

QUESTIONS = {path: path.read_text(encoding="utf-8") for path in sorted((CYPHER / "read").glob("*.cypher"))}


async def parameters(store: Store, text: str) -> dict[str, Any]:
    """The map of a file's `:param` line, as Neo4j itself reads it."""
    line = parameter_line(text)
    assert line is not None, "a file that asks says what it takes"
    return dict((await store.read(f"RETURN {line.map} AS given")).rows[0][0])


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
async def test_a_question_runs_as_it_stands(path: Path, store: Store, client: httpx.AsyncClient) -> None:
    """In Neo4j Browser once its `:param` line is pasted; in POST /cypher and on the page without more."""
    text = QUESTIONS[path]
    given = await parameters(store, text)
    wanted = {p.name for p in read_catalog()[path.stem].parameters}
    assert wanted <= set(given), "the line lists every parameter"
    table = await store.read(text, given, timeout=120)
    answer = await client.post("/cypher", json={"statement": text})
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["rows"]) == len(table.rows)


def test_a_question_runs_at_the_command_line(connection: Connection) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "service", "cypher", "--json"],
        input=(CYPHER / "read/leads.cypher").read_text(encoding="utf-8"),
        env=environment(connection),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]


@pytest.mark.parametrize("path", cypher_files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_file_is_as_the_tool_writes_it(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == as_written(path), "run: make cypher"


def test_written_out_twice_is_written_out_once() -> None:
    short = "MATCH (a)-[f:any relation]->(b)<-[g:tying relation|PART_OF]-(c) WHERE holds(f) AND holds(g) RETURN f, g"
    once = expanded(short, "x")
    assert expanded(once, "x") == once != short
    assert "holds(f) AND" not in once


@pytest.mark.parametrize(
    "short",
    [
        "MATCH ()-[f:any relation]->() RETURN count(f)",
        "MATCH ()-[f:tying relation]->() RETURN count(f)",
        "MATCH ()-[f:FUNDS]->() WHERE holds(f) RETURN count(f)",
    ],
)
async def test_what_is_not_written_out_is_an_error_and_never_no_rows(store: Store, short: str) -> None:
    with pytest.raises(QueryFailed):
        await store.read(short)


@pytest.mark.parametrize(
    "wrong", ["RETURN 1 /* holds(f) */ + 1", "MATCH (n /* any relation */) RETURN n", "RETURN 'x' /* any relation */"]
)
def test_a_mark_beside_nothing_is_told_with_its_line(wrong: str) -> None:
    with pytest.raises(StatementError, match="and nowhere else"):
        expanded(wrong, "x")


@pytest.mark.parametrize(
    "text",
    [
        "RETURN 'holds(f)' AS x",
        "RETURN 1 // holds(f)",
        "RETURN 1 /* any relation, in words */",
        "MATCH (n:`any relation`) RETURN n",
    ],
)
def test_strings_comments_and_quoted_names_stay(text: str) -> None:
    assert expanded(text, "x") == text


async def test_an_error_names_the_line_that_the_analyst_sees(client: httpx.AsyncClient) -> None:
    text = "// :param {body: 'x'}\n\nMATCH (e:Entity {id: $body})\nRETRUN e"
    answer = await client.post("/cypher", json={"statement": text})
    assert answer.status_code == 422
    assert answer.json()["line"] == 4


async def test_given_parameters_win_over_the_examples(client: httpx.AsyncClient) -> None:
    text = "// :param {a: 1, b: 2}\nRETURN $a + $b AS sum"
    assert (await client.post("/cypher", json={"statement": text})).json()["rows"] == [[3]]
    answer = await client.post("/cypher", json={"statement": text, "parameters": {"a": 5}})
    assert answer.json()["rows"] == [[7]]


@pytest.mark.parametrize("line", ["// :param {a: }", "// :param a => 1", "// :param {a: 1}\n// :param {b: 1}"])
async def test_a_wrong_param_line_is_told(client: httpx.AsyncClient, line: str) -> None:
    answer = await client.post("/cypher", json={"statement": f"{line}\nRETURN 1"})
    assert answer.status_code == 422, answer.text
