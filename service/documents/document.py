"""A document as it was read: its text, its passages, and where in the original each character stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

_BLANK = re.compile(r"\s+")


class Format(StrEnum):
    TEXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """An entry of a list."""

    ROW = "row"
    """A row of a table; its text is its cells joined by ` | ` (in plain text, the line)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the original, as exactly as its format allows; all numbers count from 1."""

    page: int | None = None
    """Of a PDF only: in other formats the page depends on who prints it."""

    line: int | None = None
    """Of the file (txt, md, html), or on the page (pdf)."""

    paragraph: int | None = None
    """Of a .docx: the paragraph of its body, or within the cell."""

    table: int | None = None
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """From `offset` in the document's text on, up to the next mark, the original's place is `place`."""

    offset: int
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: where it stands in the passage's text, and where each of its own lines does."""

    start: int
    end: int
    text: str
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, a paragraph, an entry of a list or a row, as one line with its white space joined."""

    kind: PassageKind
    text: str
    start: int
    """Where it begins in the document's text."""

    offsets: tuple[int, ...] = ()
    """For each character of `text` its offset in the document's text; empty where they simply follow `start`."""

    cells: tuple[Cell, ...] = ()
    table: int | None = None
    head: bool = False
    """A row that names the columns."""

    level: int = 0
    """Of a heading: 1 is the document's title."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the document's text of `text[start:end]`."""
        if not self.offsets:
            return self.start + start, self.start + end
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file.

    A quote is an exact substring of `text`: the file itself for .txt and .md, else the text derived from it, whose
    white
    space is joined, whose running heads and page numbers are left out, one passage a line.
    """

    file: str
    format: Format
    sha256: str
    """Of the original, byte for byte."""

    text: str
    text_sha256: str
    reader: str
    """The version of the reader that derived the text: another one may join it otherwise."""

    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...]
    running: tuple[str, ...] = ()
    """Heads and feet that stand on every page: no part of the text, but they may name the publisher."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    """As a seed file writes it: 2024, 2024-03 or 2024-03-14. All three are proposals, for a person to confirm."""

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands in the original."""
        at = bisect_right(self.marks, offset, key=lambda mark: mark.offset) - 1
        return self.marks[at].place if at >= 0 else Place()

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Every place that `text[start:end]` touches, in order: a sentence may run over a page break."""
        first = max(0, bisect_right(self.marks, start, key=lambda mark: mark.offset) - 1)
        last = bisect_right(self.marks, end - 1, key=lambda mark: mark.offset)
        return tuple(mark.place for mark in self.marks[first:last])


def joined(text: str) -> str:
    """Text with its white space, no-break spaces too, joined and soft hyphens taken out: how quotes are compared."""
    return _BLANK.sub(" ", text.replace("\u00ad", "").replace("\u200b", "")).strip()
