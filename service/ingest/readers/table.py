"""A table with a header, whichever form its file has: CSV or an Excel workbook."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.errors import StartError
from service.ingest.readers.csv import MOST_KEPT, Opened, csv_rows, file_sha256, form_of, opened
from service.ingest.readers.xlsx import find_sheet, sheet_rows, sheet_text
from service.model.rows import Row


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table's file is laid out. What is not given is found out, and said."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file of rows as it was when it was opened. It is read as often as somebody asks for its rows."""

    opened: Opened
    rows: Callable[[], Iterator[Row]]
    notes: tuple[str, ...] = ()
    """What was found out of how it is written."""


def open_table(path: Path, columns: Sequence[str] = (), layout: Layout = Layout()) -> RowFile:
    """A table with at least these columns; its header may stand below a title.

    Raises StartError where it cannot be read, or has no such columns.
    """
    digest = file_sha256(path)
    if path.suffix.lower() == ".xlsx":
        sheet = find_sheet(path, columns, layout.sheet)
        whole = sheet_text(path, sheet, lambda length: length > MOST_KEPT)
        return RowFile(Opened(path, digest, whole), lambda: sheet_rows(path, sheet), sheet.notes)
    if layout.encoding is not None:
        _known(path, layout.encoding)
    form = form_of(path, columns, layout.encoding, layout.delimiter)
    return RowFile(opened(path, form.encoding), lambda: csv_rows(path, columns, form), form.notes)


def _known(path: Path, encoding: str) -> None:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise StartError(f"{path}: there is no encoding {encoding!r}; write utf-8, cp1252 or utf-16") from None
