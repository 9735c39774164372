"""Cypher is cut into tokens as Neo4j cuts it: Neo4j itself is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from neo4j.exceptions import Neo4jError

from service.connection import Connection
from service.graph.cypher_tokens import Sort, code_of, place, tokens, without_literals

QUIET = settings(
    derandomize=True, deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
INSIDE = st.text(st.sampled_from("'\"\\`/*\r\n\tnqrtu \u2028é$x"), max_size=8)
SPACING = st.one_of(
    st.sampled_from([" ", "\t", "\u00a0", "\u2028", "/**/", "/* /* */", "/*'*/", '/*"//*/']),
    INSIDE.map(lambda inside: f"//{''.join(inside.splitlines())}\n"),
    INSIDE.map(lambda inside: f"// {inside.replace(chr(10), '').replace(chr(13), '')}\r"),
    INSIDE.map(lambda inside: f"/*{inside.replace('*/', '')} */"),
)
LITERAL = st.one_of(
    INSIDE.map(lambda inside: "'" + inside.replace("\\u", "u").replace("'", "\\'") + "'"),
    INSIDE.map(lambda inside: '"' + inside.replace("\\u", "u").replace('"', '\\"') + '"'),
    st.sampled_from(["1", "0x1F", "0o17", "1_000", "1.5e-3", ".5", "'\\u00e9'", "'\\\\u0041'", "[1, 2, 3][0..2]"]),
)


@pytest.fixture(scope="module")
def session(connection: Connection) -> Iterator[neo4j.Session]:
    auth = (connection.username, connection.password)
    quiet = neo4j.NotificationMinimumSeverity.OFF
    driver = neo4j.GraphDatabase.driver(connection.uri, auth=auth, notifications_min_severity=quiet)
    with driver, driver.session() as session:
        yield session


def answer(session: neo4j.Session, statement: str, parameters: dict[str, Any] | None = None) -> Any:
    """Columns and rows, or that Neo4j does not take it."""
    try:
        result = session.run(statement, parameters or {})  # type: ignore[arg-type]
        return result.keys(), result.values()
    except Neo4jError:
        return "refused"


@QUIET
@given(st.lists(st.tuples(SPACING, LITERAL, SPACING), min_size=1, max_size=3))
@example([("// x\r", "'a'", " ")])
@example([("/* a /* b */", "'\\\\'", "/*/ + 1 /**/")])
def test_texts_and_comments_end_where_neo4j_ends_them(
    session: neo4j.Session, parts: list[tuple[str, str, str]]
) -> None:
    """Without its comments, and with its texts as parameters, a statement gives the same."""
    statement = f"RETURN [{','.join(before + literal + behind for before, literal, behind in parts)}] AS x"
    bound: dict[str, Any] = {}
    rewritten = ""
    for token in tokens(statement):
        if token.sort is Sort.TEXT:
            bound[f"t{token.start}"] = token.value
            rewritten += f"$t{token.start}"
        else:
            rewritten += " " if token.sort in {Sort.COMMENT, Sort.SPACE} else token.text
    assert answer(session, rewritten, bound) == answer(session, statement)


@QUIET
@given(st.lists(st.sampled_from(["1", "'a'", "//", "\n", "\r", "/*", "*/", "'", '"', "`", "+", "\\"]), max_size=9))
def test_what_is_cut_together_again_is_the_same(session: neo4j.Session, pieces: list[str]) -> None:
    statement = f"RETURN {''.join(pieces)}\n 1 AS x"
    assert "".join(token.text for token in tokens(statement)) == statement
    bare = " ".join(token.text for token in code_of(statement))
    was, now = answer(session, statement), answer(session, bare)
    assert (was == "refused") == (now == "refused"), bare
    if was != "refused":
        assert was[1] == now[1]
    if any(token.sort is Sort.UNFINISHED for token in tokens(statement)):
        assert was == "refused"


def test_spaces_and_names_are_those_of_neo4j(session: neo4j.Session) -> None:
    """Every control, format, space and connecting character, and some of each other sort."""
    all_of, seen = {"Cc", "Cf", "Zs", "Zl", "Zp", "Pc"}, dict[str, int]()
    chars = []
    for char in map(chr, range(0x10000)):
        sort = unicodedata.category(char)
        seen[sort] = seen.get(sort, 0) + 1
        if sort not in {"Cs", "Cn", "Co"} and char not in "'\"`\\" and (sort in all_of or seen[sort] <= 12):
            chars.append(char)
    assert len(chars) > 250
    for char in chars:
        named = f"EXPLAIN RETURN 1 AS a{char}b"
        spaced = f"EXPLAIN RETURN{char}1 AS{char}a"
        one_word = [token.text for token in code_of(named)][-1] == f"a{char}b"
        a_space = (Sort.SPACE, len("EXPLAIN RETURN")) in {(token.sort, token.start) for token in tokens(spaced)}
        if (found := answer(session, named)) != "refused":
            assert (found[0] == [f"a{char}b"]) == one_word, hex(ord(char))
        assert (answer(session, spaced) != "refused") == a_space, hex(ord(char))


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("RETURN 'it''s'", ["RETURN", "'it'", "'s'"]),
        ("a =~'b'<>c", ["a", "=~", "'b'", "<>", "c"]),
        ("[0..2] 1.e3 0xfe-3", ["[", "0", "..", "2", "]", "1", ".", "e3", "0xfe", "-", "3"]),
        ("$p a$b $`a``b`", ["$", "p", "a$b", "$", "`a``b`"]),
        ("1 /* x", ["1", "/* x"]),
        ("'a\\' // b", ["'a\\' // b"]),
        ("", []),
    ],
)
def test_tokens(statement: str, code: list[str]) -> None:
    assert [token.text for token in code_of(statement)] == code


def test_blanked_literals_keep_their_places() -> None:
    statement = "RETURN 'a\r\nb' // SET\r+ `x`\n+ 1"
    assert without_literals(statement) == "RETURN   \r\n         \r+    \n+ 1"
    assert len(without_literals(statement)) == len(statement)
    assert place("a\r\nbc\rd", 7) == (2, 5)
