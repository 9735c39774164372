"""Puts a document's text together from lines, and keeps where each came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.documents.document import Cell, Mark, Passage, PassageKind, Place, joined

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")
_BROKEN = re.compile(r"([^\W\d_]+)-$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the original, or any run of it that stands at one place."""

    text: str
    place: Place


class Hyphens:
    """Whether a hyphen at a line's end belongs to the word: told by how the rest of the document writes it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = Counter(word.casefold() for line in lines for word in _WORD.findall(line) if word[-1] != "-")

    def belongs(self, before: str, after: str) -> bool:
        """`before` ends with a letter and a hyphen; `after` begins the next line."""
        broken, rest = _BROKEN.search(before), _WORD.match(after)
        if not broken or not rest:
            return True
        first, second = broken[1], rest[0].rstrip("-")
        whole, parted = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        if self._words[whole] != self._words[parted]:
            return self._words[parted] > self._words[whole]
        return not second.islower()

    def join(self, before: str, after: str) -> str:
        """Two lines of one paragraph as one."""
        if _BROKEN.search(before) and after[:1].isalpha():
            return before + after if self.belongs(before, after) else before[:-1] + after
        return f"{before} {after}" if before and after else before or after


@dataclass
class Builder:
    """Collects passages in reading order into a derived text, one passage a line."""

    hyphens: Hyphens | None = None
    """For wrapped lines; without it lines are joined by a space."""

    passages: list[Passage] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def add(self, kind: PassageKind, lines: Sequence[Line], level: int = 0) -> None:
        """A passage of lines; nothing where they hold only white space."""
        text, marks = self._join(lines, self._length)
        if text:
            self._append(Passage(kind, text, self._length, level=level), marks)

    def add_row(self, cells: Sequence[Sequence[Line]], table: int, *, head: bool, wrapped: bool = False) -> None:
        """A row of cells, each of one or more lines; `wrapped` where the lines are one paragraph broken by width."""
        text, marks, built = "", list[Mark](), list[Cell]()
        for number, lines in enumerate(cells):
            text += " | " if number else ""
            start, spans = len(text), list[tuple[int, int]]()
            for part in [lines] if wrapped else [[line] for line in lines]:
                words, found = self._join(part, self._length + len(text))
                if words and len(text) > start:
                    words, found = self._join(part, self._length + len(text) + 1)
                    text += " "
                if words:
                    spans.append((len(text), len(text) + len(words)))
                    marks += found
                    text += words
            built.append(Cell(start, len(text), text[start:], tuple(spans)))
        if any(cell.text for cell in built):
            self._append(
                Passage(PassageKind.ROW, text, self._length, cells=tuple(built), table=table, head=head), marks
            )

    def _append(self, passage: Passage, marks: list[Mark]) -> None:
        self.passages.append(passage)
        self.marks += marks
        self._lines.append(passage.text)
        self._length += len(passage.text) + 1

    def _join(self, lines: Sequence[Line], start: int) -> tuple[str, list[Mark]]:
        text, marks = "", list[Mark]()
        for line in lines:
            words = joined(line.text)
            if not words:
                continue
            whole = self.hyphens.join(text, words) if self.hyphens else f"{text} {words}" if text else words
            marks.append(Mark(start + len(whole) - len(words), line.place))
            text = whole
        return text, marks
