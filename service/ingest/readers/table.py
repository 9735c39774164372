"""A table with a header, whichever form its file has: CSV or an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from service.ingest.readers.csv import MOST_KEPT, Opened, csv_rows, file_sha256, opened
from service.ingest.readers.xlsx import sheet_rows, sheet_text
from service.model.rows import BadRow, BadRows, Row

_EXCEL = ".xlsx"


def open_table(path: Path) -> Opened:
    """The file as it is now, with the text in which `table_rows` places its rows. Raises StartError where it cannot be
    read."""
    if path.suffix.lower() != _EXCEL:
        return opened(path)
    whole = sheet_text(path)
    return Opened(path, file_sha256(path), whole if len(whole) <= MOST_KEPT else "")


def table_rows(path: Path, columns: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of the table, which has at least these columns."""
    if path.suffix.lower() != _EXCEL:
        yield from csv_rows(path, columns)
        return
    for row in sheet_rows(path):
        if missing := [name for name in columns if name not in row.values]:
            raise BadRows([BadRow(f"there is no column {', '.join(missing)}", file=path.name, line=1)])
        yield row
