"""Tables of a page of print without ruled cells: rows whose words stand in the same columns, parted by space alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from service.documents.reading.pages import PageTable, Word

_GAP = 9.0
"""Points between two cells: a space in a justified line is rarely wider."""


def spaced_tables(rows: Sequence[list[Word]]) -> list[PageTable]:
    """Tables of three or more columns and rows; `rows` are the words of each base line from left to right."""
    tables, at = list[PageTable](), 0
    while at < len(rows):
        if len(_cells(rows[at])) < 3:
            at += 1
            continue
        end = at + 1
        while end < len(rows) and _goes_on(rows, at, end):
            end += 1
        block = rows[at:end]
        columns = _columns(block)
        full = [row for row in block if len(_cells(row)) >= 3]
        if len(columns) >= 3 and len(full) >= 3:
            tables.append(_table(block, columns))
        at = end
    return tables


def _cells(row: Sequence[Word]) -> list[tuple[float, float]]:
    """The spans of a row's words between wide gaps."""
    spans = [(row[0].x0, row[0].x1)]
    for word in row[1:]:
        if word.x0 - spans[-1][1] >= _GAP:
            spans.append((word.x0, word.x1))
        else:
            spans[-1] = spans[-1][0], max(spans[-1][1], word.x1)
    return spans


def _goes_on(rows: Sequence[list[Word]], first: int, at: int) -> bool:
    """Whether a base line belongs to the table above: near enough, and with wide gaps, or a cell's second line."""
    above, row = rows[at - 1], rows[at]
    if row[0].top - above[0].bottom > 1.6 * above[0].size:
        return False
    cells = _cells(row)
    if len(cells) > 1:
        return True
    columns = _columns(rows[first:at])
    return any(x0 - 2 <= cells[0][0] and cells[0][1] <= x1 + 2 for x0, x1 in columns) and len(columns) >= 3


def _columns(block: Sequence[list[Word]]) -> list[tuple[float, float]]:
    """Where columns stand: the spans that words of any row cover, from which the next begins."""
    covered = sorted(span for row in block for span in _cells(row))
    merged = [covered[0]]
    for x0, x1 in covered[1:]:
        if x0 - merged[-1][1] < 3:
            merged[-1] = merged[-1][0], max(merged[-1][1], x1)
        else:
            merged.append((x0, x1))
    ends = [b[0] - 1 for _, b in pairwise(merged)] + [float("inf")]
    return [(x0, end) for (x0, _), end in zip(merged, ends, strict=True)]


def _table(block: Sequence[list[Word]], columns: Sequence[tuple[float, float]]) -> PageTable:
    rows = list[list[tuple[str, ...]]]()
    for line in block:
        cells = [" ".join(w.text for w in line if x0 - 1 <= w.x0 < x1) for x0, x1 in columns]
        if rows and not cells[0] and len(_cells(line)) < len(columns):
            rows[-1] = [(*old, new) if new else old for old, new in zip(rows[-1], cells, strict=True)]
        else:
            rows.append([(cell,) if cell else () for cell in cells])
    words = [word for line in block for word in line]
    return PageTable(
        min(w.top for w in words),
        max(w.bottom for w in words),
        min(w.x0 for w in words),
        max(w.x1 for w in words),
        rows,
    )
