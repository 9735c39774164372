"""A row of somebody's table or list, with its place in the file; what is wrong with rows is told all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.errors import LocatedError, ManyErrors


class BadRow(LocatedError):
    title = "A row cannot be imported"


class BadRows(ManyErrors):
    title = "Nothing was imported: these rows must be mended first"


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
