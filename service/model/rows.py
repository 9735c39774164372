"""A row of somebody's table or list, with its place in the file; what is wrong with rows is told all at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.errors import LocatedError, ManyErrors

_MOST_SINGLY = 20
_MOST_OF_A_KIND = 3
_VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|\d[\d.,:T+-]*|\(grant .*\)$", re.S)


class BadRow(LocatedError):
    title = "A row cannot be imported"

    @property
    def kind(self) -> str:
        """What is wrong, whatever the value in which it is."""
        return _VALUE.sub("...", self.detail)


class BadRows(ManyErrors):
    title = "Nothing was imported: these rows must be mended first"

    def __init__(self, errors: Sequence[BadRow]) -> None:
        super().__init__(errors)
        self.detail = "\n".join(told(errors))
        self.args = (self.detail,)


def told(errors: Sequence[BadRow]) -> list[str]:
    """Errors as lines for people, by place; where there are many, a few of each kind with their number."""
    ordered = sorted(errors, key=lambda error: (error.file, error.line or 0, error.detail))
    if len(ordered) <= _MOST_SINGLY:
        return [str(error) for error in ordered]
    kinds: dict[str, list[BadRow]] = {}
    for error in ordered:
        kinds.setdefault(error.kind, []).append(error)
    lines = []
    for alike in sorted(kinds.values(), key=len, reverse=True):
        lines += [f"{each.file}:{each.line}: {each.detail}" for each in alike[:_MOST_OF_A_KIND]]
        if len(alike) > _MOST_OF_A_KIND:
            lines.append(f"    and {len(alike) - _MOST_OF_A_KIND:,} more like the last")
    return [f"{len(ordered):,} faults of {len(kinds)} kinds:", *lines]


@dataclass(frozen=True, slots=True)
class Row:
    values: Mapping[str, Any]
    line: int
    """The line on which the row begins."""

    start: int
    """Its offset in the text, in characters."""

    text: str
    """The row as it stands in the file: of several lines where a cell is."""

    def wrong(self, path: Path, column: str, why: str) -> BadRow:
        return BadRow(f"{column}: {why}", file=path.name, line=self.line, quote=self.text[:200])
