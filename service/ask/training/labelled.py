"""Labelled questions: rows of the files of questions/, and where in their text the labels stand."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.ask.clauses import joints
from service.ask.frame import ANSWERS, FAMILIES, KINDS, RELATIONS, STATUSES
from service.ask.masked import Masked
from service.ask.tagger import NAME, OUT, YEAR
from service.ask.tokens import Token, cleaned, tokens
from service.errors import BadValue
from service.identity.elsewhere import ELSEWHERE_FILE

QUESTIONS = Path(__file__).with_name("questions")
NAMES_UNMARKED = "confusions"
COLUMNS = ("question", "family", "answer", "relation", "kind", "slots", "year", "status", "parts")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the frame that somebody read in it, and who wrote it: the name of its file."""

    question: str
    family: str
    answer: str
    relation: str
    kind: str
    slots: tuple[str, ...]
    year: str
    status: str
    parts: tuple[str, ...]
    writer: str

    @property
    def names_marked(self) -> bool:
        """Whether names and parts are learnt from it too: one file marks them by looser conventions than the others."""
        return self.writer != NAMES_UNMARKED

    @property
    def words(self) -> list[Token]:
        return tokens(cleaned(self.question))


def read_labelled(folder: Path = QUESTIONS) -> list[Labelled]:
    """Every question of every .tsv file of `folder`, in order.

    Raises BadValue for a label that is not one, with its file and line.
    """
    return [row for path in sorted(folder.glob("*.tsv")) for row in read_file(path)]


def read_file(path: Path) -> list[Labelled]:
    """The questions of one file. Raises BadValue as `read_labelled`."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)] or [()]
    if header != COLUMNS:
        raise BadValue(f"its columns are {_list(header)}; they should be {_list(COLUMNS)}", file=path.name, line=1)
    return [_labelled(row, path, line) for line, row in enumerate(rows, 2)]


def _labelled(values: Sequence[str], path: Path, line: int) -> Labelled:
    if len(values) != len(COLUMNS):
        raise BadValue(f"it has {len(values)} columns, not {len(COLUMNS)}", file=path.name, line=line)
    row = dict(zip(COLUMNS, values, strict=True))
    known: tuple[tuple[str, Iterable[str]], ...] = (
        ("family", FAMILIES),
        ("answer", ANSWERS),
        ("relation", ("", *RELATIONS)),
        ("kind", ("", *KINDS)),
        ("status", ("", *STATUSES)),
    )
    for column, labels in known:
        if row[column] not in labels:
            raise BadValue(f"{row[column]!r} is no {column}; known are {_list(labels)}", file=path.name, line=line)
    return Labelled(
        row["question"],
        row["family"],
        row["answer"],
        row["relation"],
        row["kind"],
        tuple(filter(None, row["slots"].split(" | "))),
        row["year"],
        row["status"],
        tuple(filter(None, row["parts"].split(" || "))),
        path.stem,
    )


def _list(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words)


def trained_from() -> str:
    """A digest of all that weights are trained from but the program: questions, lexicon, heads of names, register."""
    package = QUESTIONS.parents[1]
    files = [*sorted(QUESTIONS.glob("*.tsv")), package / "lexicon.txt", package / "name_heads.txt", ELSEWHERE_FILE]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def gold_tags(row: Labelled) -> list[int]:
    """The tags of its tokens: where its slots and its year stand, the longest first, each once."""
    words, question = row.words, cleaned(row.question)
    tags = [OUT] * len(words)
    taken: list[tuple[int, int]] = []
    for text, begin in [*((slot, NAME) for slot in sorted(row.slots, key=len, reverse=True)), (row.year, YEAR)]:
        place = _place(text, question, taken)
        if place is None:
            continue
        taken.append(place)
        inside = [at for at, word in enumerate(words) if word.start >= place[0] and word.end <= place[1]]
        for at in inside:
            tags[at] = begin if at == inside[0] else begin + 1
    return tags


def _place(text: str, question: str, taken: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Where `text` stands in `question` as whole words, outside of what is taken."""
    for match in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", question) if text else ():
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            return match.span()
    return None


def gold_cuts(row: Labelled, words: Sequence[Token], read: Masked) -> list[int]:
    """The joints at which a compound question falls into its labelled parts: those that leave most words of a part on
    its own side."""
    stems = [{word.stem for word in tokens(part)} for part in row.parts]
    found: list[int] = []
    left = 0
    for number in range(len(stems) - 1):
        before, after = stems[number], set().union(*stems[number + 1 :])
        best = max(
            (at for at in joints(read) if at > left),
            key=lambda at: (
                _fit([words[p.first].stem for p in read.pieces[left:at]], before - after, after - before)
                - _fit([words[p.first].stem for p in read.pieces[at + 1 :]], before - after, after - before)
            ),
            default=None,
        )
        if best is None:
            break
        found.append(best)
        left = best
    return found


def _fit(stems: Sequence[str], mine: set[str], other: set[str]) -> int:
    return sum((stem in mine) - (stem in other) for stem in stems)
