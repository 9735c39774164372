"""The rows of an Excel sheet. A cell is what it means, not how it is shown; a row's text is its line of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from service.errors import StartError
from service.model.rows import Row


def sheet_rows(path: Path) -> Iterator[Row]:
    """The rows of the first sheet that has any, under its first row as header; `line` is the row's number in it."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise StartError(f"{path} is no Excel workbook (.xlsx): {error}") from error
    try:
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            header = [_text(value) for value in next(rows, ())]
            if any(header):
                yield from _named(header, rows)
                return
    finally:
        book.close()
    raise StartError(f"{path} has no sheet with a row in it")


def sheet_text(path: Path) -> str:
    """The sheet as CSV: the text in which `sheet_rows` places its rows."""
    lines: list[str] = []
    for row in sheet_rows(path):
        if not lines:
            lines.append(_line(list(row.values)))
        lines.append(row.text + "\r\n")
    return "".join(lines)


def _named(header: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[Row]:
    columns = [name for name in header if name]
    start = len(_line(columns))
    for number, cells in enumerate(rows, 2):
        if all(cell is None or _text(cell) == "" for cell in cells):
            continue
        values = {name: _text(cell) for name, cell in zip(header, cells, strict=False) if name}
        values = {name: values.get(name, "") for name in columns}
        text = _line(list(values.values()))
        yield Row(values, number, start, text.rstrip("\r\n"))
        start += len(text)


def _line(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def _text(cell: Any) -> str:
    """A cell as text: days and numbers in the form that everyone reads the same way."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case _:
            return str(cell).strip()
