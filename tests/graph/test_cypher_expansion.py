"""Short forms are written out by one tool, and mean nothing to Neo4j before."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import QueryFailed, StatementError
from service.graph.cypher_expansion import (
    PROPERTY_SETS,
    RELATION_SETS,
    as_written,
    cypher_files,
    expanded,
    with_parameters,
)
from service.graph.cypher_files import text
from service.graph.cypher_tokens import Sort, code_of, tokens
from service.graph.store import Store
from service.model.schema import FACT_FIELDS, LISTED_FIELDS
from service.model.vocabulary import RELATIONS, Tying

HELD = expanded("holds(f)", "x")


@pytest.mark.parametrize("path", cypher_files(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_file_is_as_the_tool_writes_it(path: Path) -> None:
    assert as_written(path) == path.read_bytes().decode(), "run `make cypher`"


def test_what_is_written_out() -> None:
    assert HELD.startswith("/* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND (")
    assert expanded("WHERE NOT holds(edge2)", "x") == "WHERE NOT " + HELD.replace("f.", "edge2.").replace(
        "holds(f)", "holds(edge2)"
    )
    any_relation = "|".join(RELATIONS) + " /* any relation */"
    assert expanded("()-[f:any relation {x: 1}]-()", "x") == f"()-[f:{any_relation} {{x: 1}}]-()"
    listed = ", ".join(f".{name}" for name in LISTED_FIELDS) + " /* listed property */"
    assert expanded("RETURN e {listed property} AS e", "x") == f"RETURN e {{{listed}}} AS e"
    tying = "|".join(Tying) + " /* tying relation */"
    assert expanded("()-[:tying relation|PART_OF*2]-()", "x") == f"()-[:{tying}|PART_OF*2]-()"


def test_a_mark_makes_no_line_comment_with_what_stands_before_it() -> None:
    assert expanded("1/holds(f)", "x") == f"1/ {HELD}"
    assert expanded("1/fact(s, f, o)", "x") == "1/ " + expanded("fact(s, f, o)", "x")


def test_a_facts_columns_are_those_of_every_answer() -> None:
    written = expanded("RETURN 1 AS n, fact(a,  edge, b )", "x")
    assert written.startswith(
        "RETURN 1 AS n, /* fact(a, edge, b) */ edge.fact AS id, a {.id, .name, .kind} AS subject, "
    )
    assert re.findall(r" AS (\w+)", written) == ["n", *FACT_FIELDS]
    assert "toString(edge.recorded) AS recorded" in written, "a day as text, as JSON has it"
    assert written.endswith(" /* end */")


@pytest.mark.parametrize(
    ("stale", "now"),
    [
        ("RETURN /* fact(s, f, o) */ f.gone AS gone /* end */, 1", expanded("RETURN fact(s, f, o), 1", "x")),
        ("RETURN e {.gone,  .id /* source property */}", expanded("RETURN e {source property}", "x")),
        ("/* holds(f) */ (f.basis = ')' AND (f.x OR f.y)) AND f.z", f"{HELD} AND f.z"),
        ("()-[f:A|B /* any relation */]-()", expanded("()-[f:any relation]-()", "x")),
        ("()-[f:GONE /* tying relation */|USES]-()", expanded("()-[f:tying relation|USES]-()", "x")),
    ],
)
def test_what_an_earlier_release_wrote_out_is_written_anew(stale: str, now: str) -> None:
    assert expanded(stale, "x") == now


@pytest.mark.parametrize(
    "statement",
    [
        "RETURN 'holds(f)', \"[f:any relation]\" // holds(f)",
        "RETURN n.holds, holds, `holds`(f), $any, fact, fact(f), fact(s, f, o",
        "RETURN e {listed: property} /* end */",
        "// any relation",
    ],
)
def test_texts_comments_and_names_stay(statement: str) -> None:
    assert expanded(statement, "x") == statement


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("WHERE a\n AND /* holds(f) */ f.x", 2),
        ("WHERE /* holds(f) */ (f.x", 1),
        ("MATCH (a)\n\n-[f /* any relation */]-(b)", 3),
        ("MATCH (n /* any relation */) RETURN n", 1),
        ("RETURN 'x' /* any relation */", 1),
        ("RETURN [.id /* listed property */]", 1),
        ("RETURN\n/* fact(s, f, o) */ f.fact AS id", 2),
    ],
)
def test_a_mark_beside_nothing_is_an_error(statement: str, line: int) -> None:
    with pytest.raises(StatementError, match="the mark") as caught:
        expanded(statement, "read/x.cypher")
    assert (caught.value.file, caught.value.line) == ("read/x.cypher", line)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "holds(f)",
                    "holds",
                    "(f)",
                    "/* holds(g) */ (g.x)",
                    "[f:any relation]",
                    "[:A /* tying relation */|B]",
                    "fact(s, f, o)",
                    "/* fact(s, f, o) */ f.x AS x /* end */",
                    "{listed property}",
                ),
                *(
                    "'",
                    '"',
                    "//",
                    "\n",
                    "\r",
                    " ",
                    "`",
                    "/* any relation */",
                    "\\",
                    "/*",
                    "*/",
                    ":",
                    "any relation",
                    "/* end */",
                ),
            ]
        ),
        max_size=10,
    )
)
def test_written_twice_is_written_once(pieces: list[str]) -> None:
    """And nothing but short forms and what is marked changes: texts, names and other comments stay."""
    statement = "".join(pieces)
    try:
        once = expanded(statement, "x")
    except StatementError:
        return
    assert expanded(once, "x") == once
    kept = {Sort.TEXT, Sort.NAME, Sort.UNFINISHED}
    assert [t.text for t in tokens(once) if t.sort in kept] == [t.text for t in tokens(statement) if t.sort in kept]


@pytest.mark.parametrize(
    "statement",
    ["MATCH ()-[f]->() WHERE holds(f) RETURN f", "MATCH (s)-[f]->(o) RETURN fact(s, f, o)"]
    + [f"MATCH (e) RETURN e {{{name}}} AS e" for name in PROPERTY_SETS]
    + [f"MATCH ()-[{variable}:{name}]->() RETURN 1" for name in RELATION_SETS for variable in ("f", "")],
)
async def test_a_short_form_is_an_error_in_neo4j_and_never_no_rows(store: Store, statement: str) -> None:
    with pytest.raises(QueryFailed) as caught:
        await store.read(statement)
    assert "Unknown function '" in caught.value.detail or "Invalid input" in caught.value.detail
    out = expanded(statement, "x")
    bound = {"as_of": None, "known_at": None, "basis": ["stated"], "modality": ["actual"], "disputed": True}
    assert (await store.read(out, bound if "$" in out else {})).rows


def test_no_short_form_is_left_in_what_neo4j_is_given() -> None:
    for path in cypher_files():
        code = [token.text for token in code_of(text(f"{path.parent.name}/{path.stem}"))]
        assert "holds" not in code, path
        assert "FACT" not in code, path


ASKED = "// title: T\n// param a: Entity -- a\nMATCH ({id: $a})-[f]-() WHERE holds(f) RETURN f"


def test_the_parameters_are_listed() -> None:
    given = ASKED.replace("MATCH", "// :param {known_at: date('2014-01-01'), gone: 1, a: 'x, y'}\nMATCH")
    line = with_parameters(expanded(given, "x"), "x").splitlines()[2]
    assert line == (
        "// :param {a: 'x, y', as_of: null, known_at: date('2014-01-01'), "
        "basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}"
    )
    with pytest.raises(StatementError, match=r"no example of \$a"):
        with_parameters(expanded(ASKED, "x"), "x")


def test_the_command_writes_a_file_once(tmp_path: Path) -> None:
    own, other, wrong = tmp_path / "own.cypher", tmp_path / "other.cypher", tmp_path / "wrong.cypher"
    own.write_bytes(ASKED.replace("MATCH", "// :param {a: 'é'}\r\nMATCH").encode())
    other.write_text("MATCH ()-[f:any relation]-() RETURN f")
    wrong.write_text("RETURN /* holds(f) */ 1")

    def expand(*files: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "service", "cypher", "--expand", *map(str, files)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    refused = expand(own, wrong)
    assert refused.returncode == 1
    assert f"{wrong}:1: the mark /* holds(f) */ stands before" in refused.stderr
    assert b"WHERE holds(f)" in own.read_bytes(), "all files are written, or none"
    done = expand(own, other)
    assert done.stdout.splitlines() == [str(own), str(other)]
    assert HELD.encode() in own.read_bytes()
    assert "// :param {a: 'é', as_of: null".encode() in own.read_bytes()
    again = own.stat().st_mtime_ns, expand(own, other).stdout, own.stat().st_mtime_ns
    assert (again[0], again[1]) == (again[2], "")
    missing = expand(tmp_path / "none.cypher")
    assert "none.cypher: cannot be read" in missing.stderr
