"""A what-if whose steps stand in an address, so that one can be sent to somebody else, and the form that builds it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import Annotated, Any

from pydantic import Field, field_validator

from service.errors import BadScenario
from service.scenarios.document import MOST_STEPS
from service.web.schemas import Strict

_LEAST_ROWS = 3


class Doing(StrEnum):
    """What one step does, in the words of the form."""

    MERGE = "merge into a new body"
    MERGE_INTO = "merge into one that exists"
    DISSOLVE = "dissolve"
    WITHDRAW = "withdraw"
    END = "end"
    MOVE = "move"


Row = tuple[Doing, str, str, str]


class StepParams(Strict):
    do: Annotated[list[Doing], Field(default_factory=list, max_length=MOST_STEPS, description="What each step does.")]
    who: Annotated[
        list[str],
        Field(default_factory=list, description="Of each step: the bodies or things it is done to, ; between."),
    ]
    leaves: Annotated[
        list[str],
        Field(
            default_factory=list, description="Of each step: what a body withdraws from (all), or who had it (move)."
        ),
    ]
    to: Annotated[list[str], Field(default_factory=list, description="Of each step: merged into, or moved to.")]
    as_of: Annotated[date | None, Field(description="What held on this day.")] = None
    title: Annotated[str, Field(max_length=300, description="What to call it.")] = ""

    @field_validator("as_of", mode="before")
    @classmethod
    def _left_empty(cls, given: Any) -> Any:
        return given or None

    def rows(self) -> list[Row]:
        """The steps, without those that nobody filled in. Raises BadScenario where the lists do not fit each other."""
        columns = (self.who, self.leaves, self.to)
        if any(len(column) > len(self.do) for column in columns):
            raise BadScenario("who, leaves and to stand more often than do; give one of each to a step")
        rows = [
            (do, (who or "").strip(), (leaves or "").strip(), (to or "").strip())
            for do, who, leaves, to in zip_longest(self.do, *columns)
        ]
        return [row for row in rows if any(row[1:])]

    def fields(self, rows: list[Row]) -> dict[str, Any]:
        """What the form shows: some steps, and room for more."""
        empty = [(Doing.MERGE, "", "", "")] * max(1, _LEAST_ROWS - len(rows))
        return {"rows": [*rows, *empty], "doings": list(Doing), "as_of": self.as_of, "title": self.title}

    def document(self) -> dict[str, Any]:
        """The scenario as a person would write it."""
        rows = self.rows()
        given = {"title": self.title.strip() or _title(rows), "steps": [_step(*row) for row in rows]}
        return given | ({"as_of": self.as_of} if self.as_of else {})


def _title(rows: list[Row]) -> str:
    """What the first step does, in words, and how many more there are."""
    if not rows:
        return "What if"
    do, who, _, to = rows[0]
    names = " and ".join(_names(who))
    says = {
        Doing.MERGE: f"{names} become {to}",
        Doing.MERGE_INTO: f"{names} become {to}",
        Doing.DISSOLVE: f"{names} is dissolved",
        Doing.WITHDRAW: f"{names} withdraws",
        Doing.END: f"{names} ends",
        Doing.MOVE: f"{names} moves to {to}",
    }[do]
    more = {0: "", 1: ", and one more step"}.get(len(rows) - 1, f", and {len(rows) - 1} more steps")
    return f"{says[:250]}{more}"


def _step(do: Doing, who: str, leaves: str, to: str) -> dict[str, Any]:
    match do:
        case Doing.MERGE:
            return {"merge": _names(who), "into": {"name": to}}
        case Doing.MERGE_INTO:
            return {"merge": _names(who), "into": to}
        case Doing.DISSOLVE:
            return {"dissolve": who}
        case Doing.WITHDRAW:
            return {"withdraw": who, "from": _names(leaves) or "everything"}
        case Doing.END:
            return {"end": who}
        case Doing.MOVE:
            return {"move": who, "from": leaves, "to": to}


def _names(given: str) -> list[str]:
    return [name.strip() for name in given.split(";") if name.strip()]
