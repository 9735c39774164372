"""Rows of a file of anyone's, with their place in it; what is wrong with them is told all at once."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from service.errors import LocatedError, ManyErrors, StartError


class BadRow(LocatedError):
    title = "A row cannot be imported"


class BadRows(ManyErrors):
    title = "Nothing was imported: these rows must be mended first"


@dataclass(frozen=True, slots=True)
class Row:
    values: dict[str, str]
    line: int
    """The line on which the row begins."""

    start: int
    """Its offset in the text, in characters."""

    text: str
    """The row as it stands in the file."""


@dataclass(frozen=True, slots=True)
class Table:
    path: Path
    text: str
    sha256: str
    rows: tuple[Row, ...]

    def wrong(self, row: Row, column: str, why: str) -> BadRow:
        return BadRow(f"{column}: {why}", file=self.path.name, line=row.line, quote=row.text[:200])


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """A CSV file with at least these columns.

    Raises StartError where it cannot be read, is not UTF-8 (with or without a byte order mark), or lacks a column.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StartError(f"{path}:{line} is not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    lines = text.splitlines(keepends=True)  # a row may run over several
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if missing := [name for name in columns if name not in header]:
            raise StartError(f"{path} has no column {', '.join(missing)}; it has {', '.join(header[:20]) or 'none'}")
        offsets = list(accumulate(map(len, lines), initial=0))
        rows, begun = [], reader.line_num
        for values in reader:
            whole = text[offsets[begun] : offsets[reader.line_num]].rstrip("\r\n")
            if any(value.strip() for value in values):
                named = dict(zip(header, (value.strip() for value in values), strict=False))
                rows.append(Row(named, begun + 1, offsets[begun], whole))
            begun = reader.line_num
    except csv.Error as error:
        raise StartError(f"{path}:{reader.line_num} is no CSV: {error}") from error
    return Table(path, text, hashlib.sha256(content).hexdigest(), tuple(rows))
