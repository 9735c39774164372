"""Which words of a question are names, and which are its year: a linear-chain conditional random field.

Lafferty, McCallum and Pereira 2001. Tags are begin and inside, for names and for years, and outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.ask.lexicon import lexicon
from service.ask.linear import Floats, Linear, hashes, linear
from service.ask.names import KnownNames, head
from service.ask.tokens import Token

TAGS = ("O", "B", "I", "BY", "IY")
OUT, NAME, IN_NAME, YEAR, IN_YEAR = range(5)
START = len(TAGS)
"""The row of the transitions that stands for the beginning of a question."""

_TIME_WORDS = frozenset(
    "since after before between from until till last next this past during year years decade decades months spring"
    " summer autumn winter january february march april may june july august september october november december ago"
    " recent recently now today pandemic brexit half quarter early late mid end century covid war election cuts"
    " financial reorganisation".split()
)
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Spans:
    """The names and the years of a question, as ranges of its tokens."""

    names: tuple[tuple[int, int], ...]
    years: tuple[tuple[int, int], ...]


def spans(tags: Sequence[int]) -> Spans:
    """What begin and inside tags mark."""
    names: list[tuple[int, int]] = []
    years: list[tuple[int, int]] = []
    at = 0
    while at < len(tags):
        begin = tags[at]
        at += 1
        if begin not in (NAME, YEAR):
            continue
        first = at - 1
        while at < len(tags) and tags[at] == begin + 1:
            at += 1
        (names if begin == NAME else years).append((first, at))
    return Spans(tuple(names), tuple(years))


def token_features(words: Sequence[Token], known: KnownNames) -> list[list[str]]:
    """For each token what it is and what stands around it."""
    stems = [lexicon().meant(word.stem) for word in words]
    concepts: list[list[str]] = [[] for _ in words]
    for mention in lexicon().mentions(stems):
        for at in range(mention.start, mention.end):
            concepts[at].append(mention.concept + "+" * (mention.end - mention.start > 1))
    marks = known.marks(words)
    case = "U" if any(word.text[0].isupper() for word in words[1:]) else "L"
    own = [_own(word, concepts[at], marks[at]) for at, word in enumerate(words)]
    years = [bool(_YEAR.fullmatch(word.text)) for word in words]
    last = len(words) - 1
    rows = []
    for at, word in enumerate(words):
        key, shape = word.key, word.shape
        row = ["b", case, *own[at], f"{case}s={shape}", f"{case}{'k' if concepts[at] else 'u'}", f"{case}r={marks[at]}"]
        row += [f"p3={key[:3]}", f"p4={key[:4]}", f"x2={key[-2:]}", f"x3={key[-3:]}", f"x4={key[-4:]}"]
        for step in (-2, -1, 1, 2):
            there = at + step
            row += [f"{step}{each}" for each in own[there]] if 0 <= there <= last else [f"{step}#"]
        row += [f"{step}{words[at + step].key}" for step in (-3, 3) if 0 <= at + step <= last]
        for step in (-1, 1):
            if 0 <= at + step <= last:
                beside = words[at + step]
                row += [f"{step}&{key}|{beside.key}", f"{step}&&{shape}|{beside.shape}"]
        if 0 < at < last:
            row += [f"<>{words[at - 1].key}|{words[at + 1].key}"]
            row += [f"<s>{words[at - 1].key}|{shape}|{words[at + 1].shape}"]
        row += ["first", f"first{case}{shape}"] if at == 0 else ["second"] if at == 1 else []
        if at == last:
            row.append("last")
        if key in _TIME_WORDS:
            row.append("time")
        if any(years[at + 1 : at + 4]):
            row.append("year soon")
        if any(years[max(0, at - 3) : at]):
            row.append("year before")
        rows.append(row)
    return rows


def _own(word: Token, concepts: Sequence[str], mark: str) -> list[str]:
    row = [f"w={word.key}", f"s={word.shape}", f"r={mark}", f"h={head(word.key)}"]
    row += [f"c={concept}" for concept in concepts]
    if not concepts and word.text.isalpha():
        row.append("unknown")
    return row


@dataclass(frozen=True, slots=True)
class Tagger:
    """Emissions and transitions; `transitions[a, b]` is the score of tag b after tag a, or at the start."""

    emissions: Linear
    transitions: NDArray[np.float32]

    def tags(self, words: Sequence[Token], known: KnownNames) -> list[int]:
        """The likeliest tags (Viterbi 1967)."""
        if not words:
            return []
        rows = token_features(words, known)
        begins = np.cumsum([0, *(len(row) for row in rows[:-1])])
        emitted = self.emissions.each(hashes(feature for row in rows for feature in row), begins)
        return best_path(emitted, self.transitions.astype(np.float64))


def best_path(emitted: Floats, transitions: Floats) -> list[int]:
    score = emitted[0] + transitions[START]
    came_from = []
    for at in range(1, len(emitted)):
        ways = score[:, None] + transitions[:START]
        came_from.append(ways.argmax(axis=0))
        score = ways.max(axis=0) + emitted[at]
    path = [int(score.argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return path[::-1]


def tagger(arrays: Mapping[str, NDArray[np.generic]]) -> Tagger:
    return Tagger(linear(arrays, "tagger"), arrays["tagger.transitions"].astype(np.float32))
