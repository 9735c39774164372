"""A page of print: words into lines, lines into columns, and what stands on every page taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

_EDGE = 0.12
"""The part of a page, at its top and foot, in which running heads and page numbers stand."""

_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of one column, with what tells a heading from a paragraph."""

    text: str
    page: int
    number: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    column: int = 0
    width: float = 0
    """Of its column."""


@dataclass(frozen=True, slots=True)
class PageTable:
    top: float
    bottom: float
    x0: float
    x1: float
    rows: list[list[tuple[str, ...]]]
    """Cells as their lines."""

    def holds(self, word: dict[str, Any]) -> bool:
        middle = (word["top"] + word["bottom"]) / 2
        return bool(self.top <= middle <= self.bottom and self.x0 - 1 <= (word["x0"] + word["x1"]) / 2 <= self.x1 + 1)


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    height: float
    lines: list[PrintedLine]
    tables: list[PageTable]

    def blocks(self) -> Iterator[PrintedLine | PageTable]:
        """Lines in reading order, each table before the first line that stands wholly beneath it."""
        waiting = sorted(self.tables, key=lambda table: table.top)
        for line in self.lines:
            while waiting and waiting[0].top < line.top and waiting[0].x0 < line.x1 and line.x0 < waiting[0].x1:
                yield waiting.pop(0)
            yield line
        yield from waiting


def lay_out(number: int, width: float, height: float, words: Sequence[Word], tables: list[PageTable]) -> Page:
    """Words as lines in reading order: down the left column and then the right one where there are two."""
    rows = base_lines(words)
    gutter = _gutter(rows, width)
    ordered = list[tuple[int, list[Word]]]()
    if gutter is None:
        ordered = [(0, row) for row in rows]
    else:
        left, right = list[list[Word]](), list[list[Word]]()
        for row in rows:
            sides = [w for w in row if w.x1 <= gutter], [w for w in row if w.x0 >= gutter]
            if len(sides[0]) + len(sides[1]) < len(row) or (all(sides) and sides[1][0].x0 - sides[0][-1].x1 < 7):
                ordered += [(1, each) for each in left] + [(2, each) for each in right] + [(0, row)]
                left, right = [], []
                continue
            left += [sides[0]] if sides[0] else []
            right += [sides[1]] if sides[1] else []
        ordered += [(1, each) for each in left] + [(2, each) for each in right]
    widths = {c: max(row[-1].x1 for k, row in ordered if k == c) for c in {c for c, _ in ordered}}
    lines = [_line(number, at, row, column, widths[column]) for at, (column, row) in enumerate(ordered, start=1)]
    return Page(number, height, lines, tables)


def base_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words on one base line, from left to right."""
    rows = list[list[Word]]()
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        if rows and abs(rows[-1][-1].bottom - word.bottom) < 0.35 * max(word.size, 6):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _gutter(rows: list[list[Word]], width: float) -> float | None:
    """The middle of the empty band between two columns; None where lines run across the page."""
    body = [row for row in rows if sum(len(w.text) for w in row) > 3]
    if len(body) < 6:
        return None
    best: tuple[int, float] | None = None
    for x in range(int(width * 0.35), int(width * 0.65), 3):
        crossing = sum(any(w.x0 < x < w.x1 for w in row) or _near(row, x) < 7 for row in body)
        left = sum(any(w.x1 <= x for w in row) for row in body)
        right = sum(any(w.x0 >= x for w in row) for row in body)
        enough = min(left, right) - crossing > 0.35 * len(body) and crossing <= 0.35 * len(body)
        if enough and (best is None or crossing < best[0]):
            best = crossing, float(x)
    return best[1] if best else None


def _near(row: list[Word], x: float) -> float:
    """How wide the gap is that a row leaves around `x`; without an end where the row has nothing on one side."""
    left = max((w.x1 for w in row if w.x1 <= x), default=None)
    right = min((w.x0 for w in row if w.x0 >= x), default=None)
    return float("inf") if left is None or right is None else right - left


def _line(page: int, number: int, row: list[Word], column: int, width: float) -> PrintedLine:
    return PrintedLine(
        " ".join(word.text for word in row),
        page,
        number,
        row[0].x0,
        row[-1].x1,
        min(word.top for word in row),
        max(word.bottom for word in row),
        Counter({word.size: len(word.text) for word in row}).most_common(1)[0][0],
        all(word.bold for word in row),
        column,
        width,
    )


def without_running(pages: list[Page]) -> tuple[list[Page], tuple[str, ...]]:
    """The pages without the lines that stand at one height on most of them, and those lines."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page.lines if _at_edge(page, line)})
    often = max(2, (len(pages) + 2) // 3)
    kept, running = list[Page](), list[str]()
    for page in pages:
        lines = list[PrintedLine]()
        for line in page.lines:
            if _at_edge(page, line) and (seen[_key(line)] >= often or _NUMBER.fullmatch(line.text)):
                running.append(line.text)
            else:
                lines.append(line)
        kept.append(replace(page, lines=lines))
    return kept, tuple(dict.fromkeys(running))


def _at_edge(page: Page, line: PrintedLine) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _key(line: PrintedLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 4)
