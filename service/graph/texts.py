"""The Cypher texts of cypher/: Cypher lives there, never in Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from service.facts.vocabulary import RELATIONS

CYPHER = Path(__file__).resolve().parents[2] / "cypher"


@cache
def text(name: str) -> str:
    """The statement in `cypher/<name>.cypher`, its comments included, with `holds` and `FACT` written out."""
    return written_out((CYPHER / f"{name}.cypher").read_text(encoding="utf-8"))


def written_out(statement: str) -> str:
    """`statement` as Neo4j takes it: for each `holds(f)` the expression of cypher/holds.cypher, for that `f`, and for
    an edge `[f:FACT]` all relations, by which Neo4j finds the index that an edge without a type would not have."""
    lines = (CYPHER / "holds.cypher").read_text(encoding="utf-8").splitlines()
    holds = " ".join(line.strip() for line in lines if not line.startswith("//"))
    statement = re.sub(r"\bholds\((\w+)\)", lambda match: re.sub(r"\bf\b", match[1], holds), statement)
    return re.sub(r"(?<=\[)(\w*):FACT\b", lambda match: f"{match[1]}:{'|'.join(RELATIONS)}", statement)


@cache
def at_once(statement: str, columns: Sequence[str]) -> str:
    """`statement` so that each of its rows holds thousands, at most `$limit` in all, each a list of its `columns`."""
    wrapped = (CYPHER / "service/at-once.cypher").read_text(encoding="utf-8")
    listed = ", ".join(f"`{column}`" for column in columns)
    return wrapped.replace("COLUMNS", listed).replace("STATEMENT", statement.rstrip().removesuffix(";"))


def schema() -> list[str]:
    """The statements of cypher/schema, in the order of their files."""
    files = sorted((CYPHER / "schema").glob("*.cypher"))
    parts = [part.strip() for file in files for part in file.read_text(encoding="utf-8").split(";\n")]
    return [part for part in parts if any(line and not line.startswith("//") for line in part.splitlines())]


def made_by(statement: str) -> str | None:
    """The name of the constraint or index that a statement of the schema makes."""
    found = re.search(r"^CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) (\w+)", statement, re.M)
    return found[1] if found else None
