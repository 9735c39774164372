"""Passages of files whose text is kept as it is (.txt, .md): white space joined, with the way back for each
character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.documents.document import Cell, Mark, Passage, PassageKind, Place
from service.documents.reading.building import Hyphens

_UNSEEN = {"\u00ad", "\u200b", "\ufeff"}


@dataclass(frozen=True, slots=True)
class Run:
    """`text[start:end]` of the file."""

    start: int
    end: int


def line_runs(text: str) -> list[Run]:
    """The lines of a file, without their ends."""
    runs, at = [], 0
    for line in text.split("\n"):
        runs.append(Run(at, at + len(line.rstrip("\r"))))
        at += len(line) + 1
    return runs


def line_marks(runs: Iterable[Run]) -> tuple[Mark, ...]:
    return tuple(Mark(run.start, Place(line=number)) for number, run in enumerate(runs, start=1))


def collapse(text: str, runs: Iterable[Run], hidden: frozenset[int], hyphens: Hyphens | None) -> tuple[str, list[int]]:
    """Runs as one line: white space joined, hyphens of wrapped lines taken out, characters at `hidden` left out."""
    chars, offsets = list[str](), list[int]()
    for run in runs:
        if hyphens and chars and chars[-1] == "-" and len(chars) > 1 and chars[-2].isalpha():
            rest = text[run.start : run.end].lstrip()
            if not hyphens.belongs("".join(chars[-40:]), rest):
                chars.pop()
                offsets.pop()
            glued = rest[:1].isalpha()
        else:
            glued = False
        gap = bool(chars) and not glued
        for at in range(run.start, run.end):
            char = text[at]
            if char in _UNSEEN or at in hidden:
                continue
            if char.isspace():
                gap = gap or (bool(chars) and not glued)
                continue
            if gap:
                chars.append(" ")
                offsets.append(at - 1)
            chars.append(char)
            offsets.append(at)
            gap = glued = False
    return "".join(chars), offsets


def passage(
    kind: PassageKind,
    text: str,
    runs: Iterable[Run],
    *,
    hidden: frozenset[int] = frozenset(),
    hyphens: Hyphens | None = None,
    level: int = 0,
) -> Passage | None:
    """A passage of those runs; None where nothing can be seen in them."""
    words, offsets = collapse(text, runs, hidden, hyphens)
    return Passage(kind, words, offsets[0], tuple(offsets), level=level) if words else None


def row(text: str, line: Run, cells: Iterable[Run], table: int, head: bool, hidden: frozenset[int]) -> Passage | None:
    """A row whose text is its line; `cells` say where each of its cells stands in the file."""
    words, offsets = collapse(text, [line], hidden, None)
    if not words:
        return None
    built, at = [], 0
    for cell in cells:
        while at < len(offsets) and (offsets[at] < cell.start or words[at] == " "):
            at += 1
        end = at
        while end < len(offsets) and offsets[end] < cell.end:
            end += 1
        part = words[at:end].rstrip()
        built.append(Cell(at, at + len(part), part, ((at, at + len(part)),) if part else ()))
        at = end
    return Passage(PassageKind.ROW, words, offsets[0], tuple(offsets), tuple(built), table, head)
