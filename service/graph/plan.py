"""How Neo4j would run a statement, as EXPLAIN tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan, with the steps that feed it."""

    name: str
    details: str
    children: tuple[Operator, ...]

    def as_json(self) -> dict[str, Any]:
        return {"operator": self.name, "details": self.details, "children": [each.as_json() for each in self.children]}


@dataclass(frozen=True, slots=True)
class Plan:
    """What EXPLAIN says of a statement, without running it."""

    type: str
    """`r` reads, `rw` and `w` write, `s` changes the schema."""

    columns: tuple[str, ...]
    root: Operator | None = None


def operator(plan: Mapping[str, Any]) -> Operator:
    name = str(plan["operatorType"]).partition("@")[0].partition("(")[0]
    children = tuple(operator(child) for child in plan.get("children", ()))
    return Operator(name, str(plan.get("args", {}).get("Details", "")), children)
