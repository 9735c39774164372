"""Lines of print into headings, paragraphs and entries of lists: told by space, size, weight and bullets."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from service.documents.document import PassageKind
from service.documents.reading.pages import PrintedLine

_BULLET = re.compile(r"(?:[•▪●◦‣*–\uf0b7]|\(?[a-z]\)|\([ivx]{1,4}\)|[oO](?=\s))\s+(?=\S)")
_ENDS = (".", "!", "?", ":", ";", "”", '"')


def paragraphs(lines: Sequence[PrintedLine], body: float) -> Iterator[tuple[PassageKind, list[PrintedLine], int]]:
    """Each passage as its kind, its lines, and a heading's level. `body` is the size of most characters."""
    sizes = sorted({round(line.size) for line in lines if line.size > body + 0.8}, reverse=True)
    pitch, group = _pitch(lines), list[PrintedLine]()
    for line in lines:
        if group and _new(group, line, body, pitch):
            yield _kind(group, body, sizes)
            group = []
        group.append(line)
    if group:
        yield _kind(group, body, sizes)


def _heading(line: PrintedLine, body: float) -> bool:
    return line.size > body + 0.8 or (line.bold and len(line.text) < 120)


def _new(group: list[PrintedLine], line: PrintedLine, body: float, pitch: float) -> bool:
    last = group[-1]
    if _BULLET.match(line.text) or abs(line.size - last.size) > 0.6:
        return True
    if _heading(last, body) and all(each.bold or each.size > body + 0.8 for each in group) and not line.bold:
        return last.size > body + 0.8 or len(group) == 1 or not line.text[:1].islower()
    if line.bold and not last.bold and _heading(line, body):
        return True
    if line.page != last.page or line.column != last.column:
        full = last.x1 > last.width - 0.12 * max(1.0, last.width - last.x0)
        return last.text.rstrip().endswith(_ENDS) if not full else _begins_anew(last, line)
    return line.top - last.bottom > pitch * line.size + 0.25 * line.size


def _begins_anew(last: PrintedLine, line: PrintedLine) -> bool:
    return last.text.rstrip().endswith((".", "!", "?")) and line.text[:1].isupper() and last.x1 < last.width - 8


def _pitch(lines: Sequence[PrintedLine]) -> float:
    """The usual space between two lines of one paragraph, in heights of a line."""
    gaps = [
        round((b.top - a.bottom) / a.size, 1)
        for a, b in itertools.pairwise(lines)
        if b.page == a.page and b.column == a.column and b.size == a.size and b.top > a.top
    ]
    usual = max(set(gaps), key=gaps.count) if gaps else 0.2
    return usual if usual < 0.9 else 0.2


def _kind(group: list[PrintedLine], body: float, sizes: list[int]) -> tuple[PassageKind, list[PrintedLine], int]:
    if (
        all(_heading(line, body) for line in group)
        and not group[-1].text.rstrip().endswith((".", ";"))
        and len(group) < 4
    ):
        size = round(group[0].size)
        return PassageKind.HEADING, group, 1 + sizes.index(size) if size in sizes else len(sizes) + 1
    if _BULLET.match(group[0].text):
        return PassageKind.ITEM, group, 0
    return PassageKind.PARAGRAPH, group, 0
