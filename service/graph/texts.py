"""The Cypher texts of cypher/: Cypher lives there, never in Python."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

CYPHER = Path(__file__).resolve().parents[2] / "cypher"


@cache
def text(name: str) -> str:
    """The statement in `cypher/<name>.cypher`, its comments included and `holds` written out."""
    return with_holds((CYPHER / f"{name}.cypher").read_text(encoding="utf-8"))


def with_holds(statement: str) -> str:
    """`statement` with every `holds(f)` replaced by the expression of cypher/holds.cypher, for that `f`."""
    lines = (CYPHER / "holds.cypher").read_text(encoding="utf-8").splitlines()
    holds = " ".join(line.strip() for line in lines if not line.startswith("//"))
    return re.sub(r"\bholds\((\w+)\)", lambda match: re.sub(r"\bf\b", match[1], holds), statement)


def schema() -> list[str]:
    """The statements of cypher/schema, in the order of their files."""
    files = sorted((CYPHER / "schema").glob("*.cypher"))
    parts = [part.strip() for file in files for part in file.read_text(encoding="utf-8").split(";\n")]
    return [part for part in parts if any(line and not line.startswith("//") for line in part.splitlines())]


def made_by(statement: str) -> str | None:
    """The name of the constraint or index that a statement of the schema makes."""
    found = re.search(r"^CREATE (?:CONSTRAINT|(?:FULLTEXT )?INDEX) (\w+)", statement, re.M)
    return found[1] if found else None
