"""The Cypher texts of cypher/: Cypher lives there, never in Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from service.graph.cypher_expansion import CYPHER, expanded
from service.graph.cypher_tokens import code_of


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


def schema() -> list[str]:
    """The statements of cypher/schema, in the order of their files."""
    files = sorted((CYPHER / "schema").glob("*.cypher"))
    parts = [part.strip() for file in files for part in file.read_text(encoding="utf-8").split(";\n")]
    return [part for part in parts if any(line and not line.startswith("//") for line in part.splitlines())]


def made_by(statement: str) -> str | None:
    """The name of the constraint or index that a statement of the schema makes."""
    found = re.search(r"^CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) (\w+)", statement, re.M)
    return found[1] if found else None
