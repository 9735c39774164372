"""The rows of an Excel sheet. A cell is what it means, not how it is shown; a row's text is its line of CSV."""

from __future__ import annotations

import csv
import io
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from service.errors import StartError
from service.ingest.readers.csv import MOST_ABOVE
from service.model.rows import Row
from service.sources.csv_rows import as_wanted, equal_titles

_VISIBLE = "visible"
_DAMAGED = (
    *(BadZipFile, InvalidFileException, SyntaxError, zlib.error),
    *(AttributeError, KeyError, IndexError, OSError, TypeError, ValueError),
)
"""What the reader raises of a workbook that is none, or is cut off; bad XML is a SyntaxError."""


class Uncalculated(str):
    """The formula of a cell that holds no value: it was never calculated."""

    cell: str

    @property
    def fault(self) -> str:
        return (
            f"the formula {str(self)[:60]} of cell {self.cell} holds no value; open the file in Excel and save it again"
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a workbook that is read, and where its header is."""

    title: str
    above: int
    """Rows above the header."""

    header: tuple[str, ...]
    notes: tuple[str, ...] = ()


def find_sheet(path: Path, columns: Sequence[str], wanted: str | None = None) -> Sheet:
    """The sheet of that name; without one the first that is not hidden and has these columns.

    Raises StartError where there is none, or where two of its columns have one title.
    """
    with ExitStack() as stack:
        book = _opened(stack, path)
        sheets = [sheet for sheet in book.worksheets if sheet.title == wanted or wanted is None]
        every = ", ".join(f"{each.title!r}" + ("" if _shown(each) else " (hidden)") for each in book.worksheets)
        if not sheets:
            raise StartError(f"{path} has no sheet {wanted!r}; it has {every}")
        candidates = [(sheet, *_header(sheet, columns)) for sheet in sheets if wanted is not None or _shown(sheet)]
        candidates = [each for each in candidates if any(each[2])]
        if not candidates:
            raise StartError(f"{path} has no sheet with a row in it that is not hidden; it has {every}: name the sheet")
        whole = [each for each in candidates if set(columns) <= set(each[2])]
        sheet, above, header = (whole or candidates)[0]
        if missing := [column for column in columns if column not in header]:
            titles = ", ".join(title for title in header if title)
            raise StartError(f"{path} has no column {', '.join(missing)} in the sheet {sheet.title!r}; it has {titles}")
        if twice := equal_titles(header):
            raise StartError(f"{path} has two columns {', '.join(twice)} in the sheet {sheet.title!r}")
        notes = []
        if wanted is None and len(book.worksheets) > 1:
            notes.append(f"the sheet {sheet.title!r} is read, of {every}; `sheet:` in a mapping says another")
        if above:
            notes.append(f"the header is row {above + 1}")
        return Sheet(sheet.title, above, header, tuple(notes))


def sheet_rows(path: Path, sheet: Sheet) -> Iterator[Row]:
    """The rows under the header; `line` is the row's number in the sheet. A formula without a value is Uncalculated."""
    columns = [name for name in sheet.header if name]
    start = len(_line(columns))
    with ExitStack() as stack:
        rows = _rows(_opened(stack, path)[sheet.title])
        formulas = _rows(_opened(stack, path, formulas=True)[sheet.title]) if _has_formulas(path) else None
        for number, cells in enumerate(rows, 1):
            computed = next(formulas, ()) if formulas is not None else ()
            texts = [_text(cell.value) for cell in cells]
            for at, cell in enumerate(computed):
                if cell.data_type == "f" and at < len(texts) and not texts[at]:
                    texts[at] = _uncalculated(cell)
            if number <= sheet.above + 1 or not any(texts):
                continue
            named = dict(zip(sheet.header, texts, strict=False))
            values = {name: named.get(name, "") for name in columns}
            text = _line(list(values.values()))
            yield Row(values, number, start, text.rstrip("\r\n"))
            start += len(text)


def sheet_text(path: Path, sheet: Sheet, enough: Callable[[int], bool]) -> str:
    """The sheet as CSV, in which `sheet_rows` places its rows; nothing where its length is more than enough."""
    lines = [_line([name for name in sheet.header if name])]
    length = len(lines[0])
    for row in sheet_rows(path, sheet):
        lines.append(row.text + "\r\n")
        length += len(lines[-1])
        if enough(length):
            return ""
    return "".join(lines)


def _opened(stack: ExitStack, path: Path, *, formulas: bool = False) -> Any:
    try:
        with warnings.catch_warnings():  # of styles and the like, of which nothing is read
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(path, read_only=True, data_only=not formulas)
    except _DAMAGED as error:
        raise StartError(f"{path} is no Excel workbook (.xlsx): {error}") from error
    stack.callback(book.close)
    return book


def _shown(sheet: Any) -> bool:
    return bool(sheet.sheet_state == _VISIBLE)


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """All rows that are there: the size that a sheet says it has is often wrong. StartError where it is damaged."""
    sheet.reset_dimensions()
    try:
        yield from sheet.iter_rows()
    except _DAMAGED as error:
        raise StartError(f"the sheet {sheet.title!r} is damaged and cannot be read: {error}") from error


def _header(sheet: Any, columns: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many rows stand above the header, and its titles: the first row with all the columns, else with any cell."""
    first = [[_text(cell.value) for cell in row] for row in islice(_rows(sheet), MOST_ABOVE + 1)]
    titles = [tuple(as_wanted(row, columns)) for row in first]
    if columns:
        for at, row in enumerate(titles):
            if set(columns) <= set(row):
                return at, row
    return next(((at, row) for at, row in enumerate(titles) if any(row)), (0, ()))


def _has_formulas(path: Path) -> bool:
    """Whether any sheet has a formula: only then is the workbook read a second time for them."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    before = b""
                    while chunk := part.read(1 << 20):
                        if b"<f" in before + chunk:
                            return True
                        before = chunk[-1:]
    return False


def _uncalculated(cell: Any) -> Uncalculated:
    found = Uncalculated(getattr(cell.value, "text", cell.value))
    found.cell = cell.coordinate
    return found


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
