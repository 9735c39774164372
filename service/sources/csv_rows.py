"""The rows of CSV text (RFC 4180, 2005): each with the line on which it begins and its own text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from service.errors import StartError
from service.model.rows import Row


def csv_rows(lines: Iterable[str], name: str, columns: Sequence[str] = (), delimiter: str = ",") -> Iterator[Row]:
    """The rows below the header, with at least these columns; empty rows are left out.

    `lines` are those of the text, each with its ending. Raises StartError, with `name` as the file, where it is no CSV.
    """
    taken = _Lines(lines)
    try:
        reader = csv.reader(taken, strict=True, delimiter=delimiter)
        header = [title.strip("\ufeff \t\r\n") for title in next(reader, [])]
        if missing := [column for column in columns if column not in header]:
            raise StartError(f"{name} has no column {', '.join(missing)}; it has {', '.join(header[:20]) or 'none'}")
        if twice := {title for title in header if title and header.count(title) > 1}:
            raise StartError(f"{name} has two columns {', '.join(sorted(twice))}")
        line = taken.since()[0] + 1
        for values in reader:
            number, start, whole = taken.since()
            if any(value.strip() for value in values):
                if len(values) > len(header):
                    raise StartError(f"{name}:{line} has {len(values)} cells under {len(header)} columns")
                named = dict(zip(header, (value.strip() for value in values), strict=False))
                yield Row(named, line, start, whole.rstrip("\r\n"))
            line = number + 1
    except csv.Error as error:
        raise StartError(f"{name}:{taken.number} is no CSV: {error}") from error


class _Lines:
    """Lines, and which of them were taken since one last asked: a row may run over several."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self._taken: list[str] = []
        self._offset = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            self._taken.append(line)
            yield line

    def since(self) -> tuple[int, int, str]:
        """The number of lines so far, the offset at which those taken now begin, and they themselves."""
        whole, start = "".join(self._taken), self._offset
        self._offset += len(whole)
        self._taken = []
        return self.number, start, whole
