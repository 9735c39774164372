"""Markdown (CommonMark 0.31, 2024, with GitHub's tables): the file is the text, marks of emphasis and links read
past."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from service.documents.document import Mark, Passage, PassageKind
from service.documents.reading.kept import Run, line_marks, line_runs, passage, row

_HEADING = re.compile(r" {0,3}(#{1,6})\s+")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_ITEM = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_UNSEEN = re.compile(
    r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)|(?<=\S)(\*{1,3}|_{1,3})(?!\w)|`+|!?\[(?=[^\]]*\]\()|\]\([^)\s]*\)|<!--.*?-->"
)


def read_markdown(text: str) -> tuple[list[Passage], tuple[Mark, ...]]:
    """The passages of a Markdown file and the line on which each of its characters stands."""
    runs = line_runs(text)
    reader = _Reader(text, frozenset(at for found in _UNSEEN.finditer(text) for at in range(*found.span())))
    fenced = False
    for run in runs:
        line = text[run.start : run.end]
        if _FENCE.match(line):
            fenced = not fenced
            reader.flush()
        elif not fenced:
            reader.read(run, line)
    reader.flush()
    return reader.passages, line_marks(runs)


@dataclass
class _Reader:
    text: str
    hidden: frozenset[int]
    passages: list[Passage] = field(default_factory=list)
    _open: list[Run] = field(default_factory=list)
    _kind: PassageKind = PassageKind.PARAGRAPH
    _table: int = 0
    _in_table: bool = False

    def read(self, run: Run, line: str) -> None:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if "|" in line and (self._in_table or line.lstrip().startswith("|") or line.count("|") > 1):
            self._row(run, line)
            return
        self._in_table = False
        if self._open and self._kind is PassageKind.PARAGRAPH and _UNDERLINE.match(line):
            self._close(PassageKind.HEADING, 1 if "=" in line else 2)
        elif not line.strip() or _RULE.match(line):
            self.flush()
        elif heading:
            self.flush()
            self._open = [Run(run.start + heading.end(), run.start + len(line.rstrip(" #")))]
            self._close(PassageKind.HEADING, len(heading[1]))
        elif item:
            self.flush()
            self._kind, self._open = PassageKind.ITEM, [Run(run.start + item.end(), run.end)]
        else:
            quoted = len(line) - len(line.lstrip(" >"))
            self._open.append(Run(run.start + quoted, run.end))

    def _row(self, run: Run, line: str) -> None:
        self.flush()
        if _DIVIDER.match(line):
            if self.passages and self.passages[-1].kind is PassageKind.ROW:
                last = self.passages[-1]
                self.passages[-1] = Passage(
                    last.kind, last.text, last.start, last.offsets, last.cells, last.table, True
                )
            return
        if not self._in_table:
            self._table, self._in_table = self._table + 1, True
        bars = [at for at in range(run.start, run.end) if self.text[at] == "|" and self.text[at - 1] != "\\"]
        first, stop = len(line) - len(line.lstrip()), len(line.rstrip())
        start = run.start + first + line.lstrip().startswith("|")
        end = run.start + stop - line.rstrip().endswith("|")
        inner = [start, *(bar + 1 for bar in bars if start <= bar < end)]
        ends = [*(bar for bar in bars if start <= bar < end), end]
        cells = [Run(a, b) for a, b in zip(inner, ends, strict=True)]
        found = row(self.text, Run(start, end), cells, self._table, False, self.hidden)
        if found:
            self.passages.append(found)

    def flush(self) -> None:
        if self._open:
            self._close(self._kind, 0)
        self._kind = PassageKind.PARAGRAPH

    def _close(self, kind: PassageKind, level: int) -> None:
        found = passage(kind, self.text, self._open, hidden=self.hidden, level=level)
        if found:
            self.passages.append(found)
        self._open, self._kind = [], PassageKind.PARAGRAPH
