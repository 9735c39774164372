"""CSV files of anyone's, read as a stream, so that their size does not matter; who needs one twice reads it twice."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from service.errors import StartError
from service.model.rows import Row
from service.sources.csv_rows import as_wanted
from service.sources.csv_rows import csv_rows as rows_of_lines

MOST_KEPT = 4_000_000
"""Characters of a file that are kept in the graph beside its facts; of a longer one each fact keeps its own row."""

MOST_ABOVE = 20
"""Lines above a header among which it is looked for."""

_UTF_8 = "utf-8-sig"
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}


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


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is written, and what of it was found out rather than given."""

    encoding: str = _UTF_8
    delimiter: str = ","
    above: int = 0
    """Lines above the header."""

    notes: tuple[str, ...] = ()


def opened(path: Path, encoding: str = _UTF_8) -> Opened:
    """Raises StartError, with the line, where the file cannot be read or is not in this encoding.

    A byte order mark is no part of the text.
    """
    digest = file_sha256(path)
    text, line = [], 0
    kept = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for line, content in enumerate(file, 1):  # noqa: B007  told where decoding fails
                kept += len(content)
                if kept <= MOST_KEPT:
                    text.append(content)
    except UnicodeError as error:
        what = "UTF-8" if encoding == _UTF_8 else encoding
        reason = error.reason if isinstance(error, UnicodeDecodeError) else str(error)
        where = _undecodable(path) if encoding == _UTF_8 else line + 1
        raise StartError(f"{path}:{where} is not {what} ({reason}); save the file as UTF-8") from error
    return Opened(path, digest, "".join(text) if kept <= MOST_KEPT else "")


def csv_rows(path: Path, columns: Sequence[str] = (), form: CsvForm = CsvForm()) -> Iterator[Row]:
    """The rows of a CSV file with at least these columns, empty ones left out. Raises StartError where it is none."""
    with path.open(encoding=form.encoding, newline="") as file:
        yield from rows_of_lines(file, str(path), columns, delimiter=form.delimiter, above=form.above)


def form_of(path: Path, columns: Sequence[str], encoding: str | None, delimiter: str | None) -> CsvForm:
    """How the file is written: as given, and else as its bytes and its header show.

    Raises StartError where it cannot be read, or is in no encoding that is tried.
    """
    notes = []
    if encoding is None:
        encoding, note = _encoding(path)
        notes += [note] if note else []
    with path.open(encoding=encoding, newline="") as file:
        try:
            first = list(islice(file, MOST_ABOVE + 1))
        except UnicodeError:
            first = []  # `opened` tells where
    above = 0
    if first and (said := first[0].strip()).casefold().startswith("sep=") and len(said) == 5:
        delimiter, above = delimiter or said[-1], 1
    found, at = _header(first, columns, delimiter, above)
    if delimiter is None and found != ",":
        notes.append(f"cells are parted by {_DELIMITERS[found]}")
    if at > above:
        notes.append(f"the header is line {at + 1}")
    return CsvForm(encoding, found, at, tuple(notes))


def _encoding(path: Path) -> tuple[str, str | None]:
    """The encoding of a file by its bytes, with a sentence where that is not UTF-8."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}") from error
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "read as UTF-16, which its first bytes say"
    if head[1:2] == b"\0":
        return "utf-16-le", "read as UTF-16, as every other byte is none"
    if _decodes(path, _UTF_8):
        return _UTF_8, None
    if _decodes(path, "cp1252"):
        where = _undecodable(path)
        return "cp1252", f"read as Windows-1252: line {where} is not UTF-8; `encoding:` in a mapping says another"
    return _UTF_8, None


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeError:
        return False
    return True


def _header(first: Sequence[str], columns: Sequence[str], delimiter: str | None, above: int) -> tuple[str, int]:
    """The delimiter, and how many lines stand above the header: the first line that holds all the columns.

    Where none does, or none are asked for, the delimiter that makes the most cells of the first line.
    """
    tried = [delimiter] if delimiter else list(_DELIMITERS)
    if columns:
        for at in range(above, len(first)):
            for each in tried:
                if set(columns) <= set(as_wanted(_cells(first[at:], each), columns)):
                    return each, at
    return max(tried, key=lambda each: len(_cells(first[above:], each))), above


def _cells(lines: Sequence[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader(lines, strict=True, delimiter=delimiter), [])
    except csv.Error:
        return []


def file_sha256(path: Path) -> str:
    """Raises StartError where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}") from error


def _undecodable(path: Path) -> int:
    """The first line that is not UTF-8."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
