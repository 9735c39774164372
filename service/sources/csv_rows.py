"""The rows of CSV text (RFC 4180, 2005): each with the line on which it begins and its own text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from service.errors import StartError
from service.model.rows import Row


def csv_rows(
    lines: Iterable[str], name: str, columns: Sequence[str] = (), *, delimiter: str = ",", above: int = 0
) -> Iterator[Row]:
    """The rows below the header, with at least these columns; empty rows are left out.

    `lines` are those of the text, each with its ending; `above` is how many stand above the header. Raises StartError,
    with `name` as the file, where it is no CSV.
    """
    taken = _Lines(lines)
    for _, _line in zip(range(above), taken, strict=False):
        pass
    try:
        reader = csv.reader(taken, strict=True, delimiter=delimiter)
        header = as_wanted(next(reader, []), columns)
        if missing := [column for column in columns if column not in header]:
            raise StartError(f"{name} has no column {', '.join(missing)}; it has {', '.join(header[:20]) or 'none'}")
        if twice := equal_titles(header):
            raise StartError(f"{name} has two columns {', '.join(twice)}")
        line = taken.since()[0] + 1
        for values in reader:
            number, start, whole = taken.since()
            if any(value.strip() for value in values):
                if any(values[len(header) :]):
                    raise StartError(f"{name}:{line} has {len(values)} cells under {len(header)} columns")
                named = dict(zip(header, (value.strip() for value in values), strict=False))
                yield Row(named, line, start, whole.rstrip("\r\n"))
            line = number + 1
    except csv.Error as error:
        raise StartError(f"{name}:{taken.number} is no CSV: {error}") from error


def as_wanted(header: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The titles of a header, in the spelling of the wanted columns where only case and spaces part them."""
    titles = [" ".join(title.strip("\ufeff").split()) for title in header]
    spelt = {" ".join(column.split()).casefold(): column for column in columns}
    return [spelt.get(title.casefold(), title) for title in titles]


def equal_titles(header: Sequence[str]) -> list[str]:
    return sorted({title for title in header if title and list(header).count(title) > 1})


class _Lines:
    """Lines, and which of them were taken since one last asked: a row may run over several."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._taken: list[str] = []
        self._offset = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self._taken.append(line)
        return line

    def since(self) -> tuple[int, int, str]:
        """The number of lines so far, the offset at which those taken now begin, and they themselves."""
        whole, start = "".join(self._taken), self._offset
        self._offset += len(whole)
        self._taken = []
        return self.number, start, whole
