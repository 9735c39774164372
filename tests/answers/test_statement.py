"""A bad .cypher file stops the start with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.answers.catalog import check_catalog, read_catalog
from service.answers.pattern import normal, normal_words, read_pattern
from service.errors import (
    BadHeader,
    DuplicateQuery,
    ParameterMismatch,
    QueryFailed,
    StatementError,
    StatementErrors,
    WriteInRead,
)
from service.graph.store import Store
from service.model.vocabulary import RELATIONS

GOOD = """\
// title: Who likes whom
// ask: who likes {body}
// param body: Entity -- the liked one
// column who: who likes
MATCH (a)-[f:LIKES]->(b {id: $body}) WHERE holds(f)
RETURN a AS who, [f.fact] AS evidence
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "read").mkdir()
    (tmp_path / "read/likes.cypher").write_text(GOOD)
    return tmp_path


def wrong(folder: Path, old: str, new: str) -> list[tuple[type, int | None, str]]:
    (folder / "read/likes.cypher").write_text(GOOD.replace(old, new))
    with pytest.raises(StatementErrors) as caught:
        read_catalog(folder)
    return [(type(error), error.line, error.detail) for error in caught.value.errors]


def test_a_good_file(folder: Path) -> None:
    query = read_catalog(folder)["likes"]
    assert query.title == "Who likes whom"
    assert "WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality" in query.text
    assert query.cypher.startswith("MATCH (a)-[f:LIKES]->"), "its header is not shown"
    assert [parameter.name for parameter in query.parameters] == ["body"]


@pytest.mark.parametrize(
    ("old", "new", "kind", "line", "said"),
    [
        ("// title", "// tittle", BadHeader, 1, "did you mean 'title'?"),
        ("// title: Who likes whom\n", "", BadHeader, 1, "no `// title:`"),
        ("{body}", "{bdy}", ParameterMismatch, 2, "did you mean 'body'?"),
        ("Entity --", "Entty --", BadHeader, 3, "Type is one of"),
        ("$body", "$bod", ParameterMismatch, 5, "$bod is used but not declared"),
        ("// param body: Entity -- the liked one\n", "", ParameterMismatch, 2, "is not a parameter"),
        ("{id: $body}", "", ParameterMismatch, 3, "declared but not used"),
        ("RETURN", "SET b.x = 1 RETURN", WriteInRead, 6, "SET writes"),
        ("RETURN", "CALL { CREATE (:X) } RETURN", WriteInRead, 6, "CREATE writes"),
        ("who likes {body}", "(who likes {body}", BadHeader, 2, "does not belong there"),
        ("Entity --", "Choice -- ", BadHeader, 3, "a Choice lists"),
        ("MATCH", "// :param {body: 'x', bdy: 1}\nMATCH", ParameterMismatch, 5, "did you mean 'body'?"),
        ("MATCH", "// :param body => 'x'\nMATCH", BadHeader, 5, "write the parameters as a map"),
        ("holds(f)", "/* holds(f) */ f.x", StatementError, 5, "the mark /* holds(f) */ stands before"),
        ("$body", "$`bod`", ParameterMismatch, 5, "$bod is used but not declared"),
        ("MATCH", "\nCYPHER runtime=slotted MATCH", BadHeader, 6, "CYPHER stands before a statement"),
    ],
)
def test_a_bad_file(folder: Path, old: str, new: str, kind: type, line: int, said: str) -> None:
    found = wrong(folder, old, new)
    assert any(each[0] is kind and each[1] == line and said in each[2] for each in found), found


def test_a_word_in_a_string_or_comment_does_not_write(folder: Path) -> None:
    text = GOOD.replace("RETURN", "/* SET x */ AND a.name <> 'CREATE' AND b.`DELETE` IS NULL RETURN")
    (folder / "read/likes.cypher").write_text(text)
    read_catalog(folder)


def test_an_edge_of_any_relation(folder: Path) -> None:
    (folder / "read/likes.cypher").write_text(GOOD.replace("[f:LIKES]", "[f:any relation]"))
    assert f"-[f:{'|'.join(RELATIONS)} /* any relation */]->" in read_catalog(folder)["likes"].text


async def test_an_error_in_what_is_read_at_once_names_the_line_of_the_file(store: Store) -> None:
    with pytest.raises(QueryFailed) as caught:
        await store.read_at_once("// title: x\n\nRETURN nobody AS x // why", ("x",), {}, limit=2)
    assert (caught.value.extra["line"], caught.value.extra["column"]) == (3, 8)


async def test_all_rows_at_once_are_the_rows_one_by_one(store: Store) -> None:
    statement = "UNWIND [3, 1, 2] AS x RETURN x AS `from`, {it: x} AS who ORDER BY x; // the end"
    one_by_one = await store.read(statement)
    at_once = await store.read_at_once(statement, ("from", "who"), {}, limit=3)
    assert (at_once.rows, at_once.columns, at_once.truncated) == (one_by_one.rows, one_by_one.columns, False)
    cut = await store.read_at_once(statement, ("from", "who"), {}, limit=2)
    assert (cut.rows, cut.truncated) == (one_by_one.rows[:2], True)
    assert (await store.read_at_once("MATCH (n:Nobody) RETURN n AS x", ("x",), {}, limit=2)).rows == []


def test_a_question_asked_twice(folder: Path) -> None:
    (folder / "read/other.cypher").write_text(GOOD.replace("{body}", "{thing}").replace("body", "thing"))
    with pytest.raises(StatementErrors) as caught:
        read_catalog(folder)
    (error,) = caught.value.errors
    assert isinstance(error, DuplicateQuery)
    assert "read/likes.cypher:2" in error.detail


async def test_neo4j_finds_what_reading_cannot(folder: Path, store: Store, tmp_path: Path) -> None:
    bad = {
        "likes": GOOD.replace("AS who", "AS whom"),
        "broken": "// title: Broken\n// column x: x\nRETUN 1 AS x, [] AS evidence\n",
    }
    for name, text in bad.items():
        (folder / f"read/{name}.cypher").write_text(text)
    with pytest.raises(StatementErrors) as caught:
        await check_catalog(read_catalog(folder), store, tmp_path / "marks")
    found = {(error.file, error.line): error.detail for error in caught.value.errors}
    assert "did you mean 'whom'?" in found["read/likes.cypher", 4]
    assert ("read/broken.cypher", 3) in found


async def test_a_write_in_a_subquery_is_refused_by_neo4j_too(store: Store) -> None:
    plan = await store.explain("CALL { CREATE (:X) } RETURN 1 AS x", {})
    assert plan.type != "r"
    with pytest.raises(QueryFailed):
        await store.explain("RETURN x", {})


def test_patterns() -> None:
    pattern = read_pattern("(who|which bodies) [jointly] (leads|runs) {thing} [now]")
    assert pattern.match(normal_words("Who RUNS “UP2U”, now?")) == {"thing": (2, 3)}
    assert pattern.match(normal_words("please tell me which bodies jointly leads the Isle of Wight project")) == {
        "thing": (4, 9)
    }
    assert pattern.match(["who", "leads"]) is None


@pytest.mark.parametrize("bad", ["{a} likes {a}", "{thing}", "(a|b", "who ]"])
def test_bad_patterns(bad: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  each says its own
        read_pattern(bad)


def test_normal() -> None:
    assert normal("  Who  funds ‘FIP+’ & the “Senate”?! ") == "who funds fip+ and the senate"
