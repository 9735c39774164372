"""Plain text: the file is the text. Paragraphs are wrapped lines, lists begin with a bullet, columns stand apart
by spaces."""

from __future__ import annotations

import itertools
import re

from service.documents.document import Mark, Passage, PassageKind
from service.documents.reading.building import Hyphens
from service.documents.reading.kept import Run, line_marks, line_runs, passage, row

_BULLET = re.compile(r"\s*(?:[*•·▪–-]|\(?[a-z]\)|\(?[ivx]{1,4}\)|\d{1,3}[.)])\s+(?=\S)")
_TITLE = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s+[A-Z][^.:;]{2,60}")
_LABEL = re.compile(r"\s*[A-Z][A-Za-z]+(?: [A-Za-z]+){0,3}:\s")
_RULE = re.compile(r"\s*[-=_*+|. ]*[-=_]{4,}[-=_*+|. ]*$")
_GAP = re.compile(r"\S(?:\s{2,}|\t)\S")
_FIELD = re.compile(r"\S+(?:[ \u00a0]\S+)*")


def read_plain(text: str) -> tuple[list[Passage], tuple[Mark, ...]]:
    """The passages of a text file and the line on which each of its characters stands."""
    runs = line_runs(text)
    hyphens = Hyphens(text.splitlines())
    width = _wrapped_at(text, runs)
    passages, block, tables = list[Passage](), list[Run](), 0
    for run in [*runs, Run(len(text), len(text))]:
        if text[run.start : run.end].strip():
            block.append(run)
            continue
        for part, is_table in _parted(text, block):
            tables += is_table
            passages += _table(text, part, tables) if is_table else _prose(text, part, hyphens, width)
        block = []
    return passages, line_marks(runs)


def _parted(text: str, block: list[Run]) -> list[tuple[list[Run], bool]]:
    """A block without blank lines, cut into prose and tables: a table has two or more lines whose columns stand
    apart."""
    wide = [bool(_GAP.search(text[r.start : r.end].strip())) for r in block]
    rules = [bool(_RULE.match(text[r.start : r.end])) for r in block]
    ruled = any(rules)
    parts, at = list[tuple[list[Run], bool]](), 0
    while at < len(block):
        end = at
        tabular = wide[at] or rules[at]
        while end < len(block) and (wide[end] or rules[end]) == tabular:
            end += 1
        rows = [run for run, rule in zip(block[at:end], rules[at:end], strict=True) if not rule]
        is_table = (
            tabular
            and (len(rows) > 1 or (ruled and bool(rows)))
            and (len(_columns(text, rows)) > 1 or _even(text, rows))
        )
        if parts and not (parts[-1][1] or is_table):
            parts[-1][0].extend(block[at:end])
        else:
            parts.append((block[at:end], is_table))
        at = end
    return parts


def _columns(text: str, rows: list[Run]) -> list[int]:
    """Where columns begin: after two or more spaces in some rows, and after a space, or at nothing, in every row."""
    lines = [text[run.start : run.end].expandtabs() for run in rows]
    votes = {0: len(lines)}
    for line in lines:
        for found in re.finditer(r"\s{2,}(?=\S)", line):
            if found.start() > 0 or len(line) - len(line.lstrip()) > 8:
                votes[found.end()] = votes.get(found.end(), 0) + 1
    good = [
        at
        for at, count in votes.items()
        if (at == 0 or count * 2 > len(lines) or count > 1)
        and all(at == 0 or len(line) <= at or line[at - 1] == " " for line in lines)
    ]
    return sorted(good)


def _fields(text: str, run: Run) -> list[Run]:
    """The parts of a line between gaps of two or more spaces."""
    return [Run(run.start + f.start(), run.start + f.end()) for f in _FIELD.finditer(text[run.start : run.end])]


def _even(text: str, rows: list[Run]) -> bool:
    """Whether every row has as many parts: so columns that are aligned at their right are told."""
    return len({len(_fields(text, run)) for run in rows}) == 1 and len(_fields(text, rows[0])) > 1


def _table(text: str, block: list[Run], number: int) -> list[Passage]:
    rules = [at for at, run in enumerate(block) if _RULE.match(text[run.start : run.end])]
    rows = [run for run in block if not _RULE.match(text[run.start : run.end])]
    columns = _columns(text, rows)
    # Above the first rule stand the heads of the columns; a second rule before the end cuts off totals.
    inside = [at for at in rules if at]
    heads = inside[0] if inside and inside[0] < len(block) - 1 else 1 if not inside and _like_heads(text, rows) else 0
    built = list[Passage]()
    for at, run in enumerate(block):
        if at in rules:
            continue
        edges = [*columns, run.end - run.start]
        cells = (
            _fields(text, run)
            if len(columns) < 2
            else [
                Run(run.start + min(a, run.end - run.start), run.start + min(b, run.end - run.start))
                for a, b in itertools.pairwise(edges)
            ]
        )
        found = row(text, run, cells, number, at < heads, frozenset())
        if found:
            built.append(found)
    return built


def _like_heads(text: str, rows: list[Run]) -> bool:
    first = text[rows[0].start : rows[0].end]
    return first.upper() == first and any(char.isalpha() for char in first)


def _wrapped_at(text: str, runs: list[Run]) -> int:
    """The longest line that goes on in the next one, which begins in lower case; of all lines where none does."""
    pairs = [(a, b) for a, b in itertools.pairwise(runs) if text[b.start : b.end].strip()]
    wrapped = [a.end - a.start for a, b in pairs if text[b.start : b.end].lstrip()[0].islower()]
    return max(wrapped or [run.end - run.start for run in runs])


def _broken_by_hand(text: str, line: Run, following: Run, width: int) -> bool:
    """Whether a line ends where it need not: the next line's first word would have had room in it."""
    word = text[following.start : following.end].split()[0]
    return line.end - line.start + 1 + len(word) <= width


def _prose(text: str, block: list[Run], hyphens: Hyphens, width: int) -> list[Passage]:
    lines = [run for run in block if not _RULE.match(text[run.start : run.end])]
    groups = list[tuple[PassageKind, list[Run]]]()
    for at, run in enumerate(lines):
        line = text[run.start : run.end]
        bullet = _BULLET.match(line)
        shouted = (
            line.strip().upper() == line.strip() and any(c.isalpha() for c in line) and not line.rstrip().endswith(".")
        )
        begins = at == 0 or _broken_by_hand(text, lines[at - 1], run, width)
        titled = begins and _title(text, lines, at, width)
        if titled or (
            shouted and begins and len(line.strip()) > 3 and (at == 0 or groups[-1][0] is PassageKind.HEADING)
        ):
            groups.append((PassageKind.HEADING, [run]))
        elif bullet and not _numbered(line):
            groups.append((PassageKind.ITEM, [Run(run.start + bullet.end(), run.end)]))
        elif begins or _LABEL.match(line) or groups[-1][0] is PassageKind.HEADING:
            groups.append((PassageKind.PARAGRAPH, [run]))
        else:
            groups[-1][1].append(run)
    found = (passage(kind, text, runs, hyphens=hyphens) for kind, runs in _listed(text, groups))
    return [each for each in found if each]


def _title(text: str, lines: list[Run], at: int, width: int) -> bool:
    """`2. Empty Homes Project` on a line of its own, with its paragraph beneath."""
    line = text[lines[at].start : lines[at].end]
    alone = at + 1 < len(lines) and _broken_by_hand(text, lines[at], lines[at + 1], width)
    return alone and bool(_TITLE.fullmatch(line)) and not _BULLET.match(text[lines[at + 1].start : lines[at + 1].end])


def _listed(text: str, groups: list[tuple[PassageKind, list[Run]]]) -> list[tuple[PassageKind, list[Run]]]:
    """Several lines that each stand alone are a list; one that ends with a colon leads it in."""
    alone = [
        kind is PassageKind.PARAGRAPH
        and len(runs) == 1
        and not text[runs[0].start : runs[0].end].rstrip().endswith(":")
        for kind, runs in groups
    ]
    leads_in = len(groups) > 1 and text[groups[0][1][-1].start : groups[0][1][-1].end].rstrip().endswith(":")
    if sum(alone) + leads_in < 2:
        return groups
    return [(PassageKind.ITEM if single else kind, runs) for single, (kind, runs) in zip(alone, groups, strict=True)]


def _numbered(line: str) -> bool:
    """A numbered minute, `4.  OFFICERS. The Borough ...`, is a paragraph and no entry of a list."""
    return bool(re.match(r"\s*\d{1,3}(?:\.\d+)*[.)]?\s+[A-Z][A-Z’'&/ -]{2,}", line))
