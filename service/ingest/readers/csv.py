"""Rows of a file of anyone's, with their place in it; what is wrong with them is told all at once.

A file is read as a stream, so that its size does not matter; who needs it twice reads it twice.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.errors import LocatedError, ManyErrors, StartError

MOST_KEPT = 4_000_000
"""Characters of a file that are kept in the graph beside its facts; of a longer one each fact keeps its own row."""


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
    """The row as it stands in the file."""

    def wrong(self, path: Path, column: str, why: str) -> BadRow:
        return BadRow(f"{column}: {why}", file=path.name, line=self.line, quote=self.text[:200])


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file was when it was first read."""

    path: Path
    sha256: str
    text: str
    """The whole text of a file that is small enough to be kept, else nothing."""

    def unchanged(self) -> None:
        """Raises StartError where the file is no longer what it was."""
        if file_sha256(self.path) != self.sha256:
            raise StartError(f"{self.path} changed while it was read; nothing was imported: import it again")


def opened(path: Path) -> Opened:
    """Raises StartError where the file cannot be read or is not UTF-8 (with or without a byte order mark)."""
    digest = file_sha256(path)
    text, line = [], 0
    kept = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line, content in enumerate(file, 1):  # noqa: B007  told where decoding fails
                kept += len(content)
                if kept <= MOST_KEPT:
                    text.append(content)
    except UnicodeDecodeError as error:
        raise StartError(
            f"{path}:{_undecodable(path)} is not UTF-8 ({error.reason}); save the file as UTF-8"
        ) from error
    return Opened(path, digest, "".join(text) if kept <= MOST_KEPT else "")


def csv_rows(path: Path, columns: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a CSV file with at least these columns, empty ones left out. Raises StartError where it is none."""
    lines = _Lines(path)
    try:
        reader = csv.reader(lines, strict=True)
        header = [name.strip() for name in next(reader, [])]
        if missing := [name for name in columns if name not in header]:
            raise StartError(f"{path} has no column {', '.join(missing)}; it has {', '.join(header[:20]) or 'none'}")
        if twice := {name for name in header if name and header.count(name) > 1}:
            raise StartError(f"{path} has two columns {', '.join(sorted(twice))}")
        line = lines.taken()[0] + 1
        for values in reader:
            number, begun, whole = lines.taken()
            if any(value.strip() for value in values):
                if len(values) > len(header):
                    raise StartError(f"{path}:{line} has {len(values)} cells under {len(header)} columns")
                named = dict(zip(header, (value.strip() for value in values), strict=False))
                yield Row(named, line, begun, whole.rstrip("\r\n"))
            line = number + 1
    except csv.Error as error:
        raise StartError(f"{path}:{lines.number} is no CSV: {error}") from error
    finally:
        lines.close()


class _Lines:
    """The lines of a file, and which of them were taken since one last asked: a row may run over several."""

    def __init__(self, path: Path) -> None:
        self._file = path.open(encoding="utf-8-sig", newline="")
        self._taken: list[str] = []
        self._offset = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.number += 1
            self._taken.append(line)
            yield line

    def taken(self) -> tuple[int, int, str]:
        """The number of lines so far, the offset at which those taken now begin, and they themselves."""
        whole, start = "".join(self._taken), self._offset
        self._offset += len(whole)
        self._taken = []
        return self.number, start, whole

    def close(self) -> None:
        self._file.close()


def file_sha256(path: Path) -> str:
    """Raises StartError where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}") from error


def _undecodable(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
