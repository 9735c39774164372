"""The Cypher texts of cypher/: Cypher lives there, never in Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.graph.cypher_expansion import CYPHER, expanded
from service.graph.cypher_tokens import code_of
from service.model.vocabulary import RELATIONS


@cache
def text(name: str) -> str:
    """The statement in `cypher/<name>.cypher`, its comments included, with its short forms written out."""
    return read_statement(CYPHER / f"{name}.cypher")


def read_statement(path: Path) -> str:
    """A file's statement as Neo4j takes it, line by line as in the file.

    Short forms are written out as it is read, and so is what was written out before: an analyst's own file runs at
    once, and what holds is decided by the predicate of this release, whichever one the file was written with.
    Raises StatementError where a mark stands beside nothing that it could mark.
    """
    return expanded(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")


@cache
def at_once(statement: str, columns: Sequence[str]) -> str:
    """`statement` so that each of its rows holds thousands, at most `$limit` in all, each a list of its `columns`.

    It stays on its lines, so that an error names those of its file."""
    wrapped = (CYPHER / "service/at-once.cypher").read_text(encoding="utf-8")
    listed = ", ".join(f"`{column}`" for column in columns)
    code = code_of(statement)
    end = code[-1].start if code and code[-1].text == ";" else len(statement)
    return wrapped.replace("COLUMNS", listed).replace("STATEMENT", statement[:end])


@dataclass(frozen=True, slots=True)
class SchemaStatement:
    text: str
    name: str | None
    """The constraint or index that it makes; None where it makes none."""

    over: frozenset[str]
    """The label or the relations that this is of."""


@cache
def schema() -> tuple[SchemaStatement, ...]:
    """The statements of cypher/schema, in the order of their files; those that name KIND once for each relation."""
    files = sorted((CYPHER / "schema").glob("*.cypher"))
    parts = [part.strip() for file in files for part in read_statement(file).split(";\n")]
    return tuple(_of_the_schema(each) for part in parts if code_of(part) for each in _for_each_relation(part))


def _for_each_relation(statement: str) -> list[str]:
    if "KIND" not in statement:
        return [statement]
    return [statement.replace("KIND", name).replace("_kind", f"_{name.lower()}") for name in RELATIONS]


def _of_the_schema(statement: str) -> SchemaStatement:
    found = _MADE.search(statement)
    if not found:
        return SchemaStatement(statement, None, frozenset())
    return SchemaStatement(statement, found[1], frozenset((found[2] or found[3]).split("|")))


_MADE = re.compile(
    r"^CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) (\w+) IF NOT EXISTS\s+FOR (?:\(\w+:(\w+)\)|\(\)-\[\w+:([\w|]+))", re.M
)
