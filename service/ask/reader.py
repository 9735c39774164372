"""Reads a question as a frame: names first, then its family, then the rest, by trained weights and no hand rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.ask.clauses import cuts, joints, parts
from service.ask.features import frame_features, question_features, times
from service.ask.frame import Frame
from service.ask.linear import hashes, linear, probabilities
from service.ask.masked import Masked, masked
from service.ask.names import KnownNames, entity_names, register_names
from service.ask.tagger import Spans, spans, tagger
from service.ask.tokens import MOST_CHARACTERS, MOST_TOKENS, Token, cleaned, tokens
from service.model.facts import Entity

WEIGHTS = Path(__file__).with_name("weights.npz")
MOST_NAMES = 8
MOST_JOINTS = 20
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")

Arrays = Mapping[str, NDArray[np.generic]]


class Reader:
    """Reads questions with one set of weights and of known names. It holds no state that a question changes."""

    def __init__(self, arrays: Arrays, known: KnownNames) -> None:
        self.known = known
        self._tagger = tagger(arrays)
        self._joint = linear(arrays, "joint")
        self._family = linear(arrays, "family")
        self._temperature = float(arrays["family.temperature"][0])
        self._heads = {name: linear(arrays, name) for name in ("answer", "relation", "kind", "status")}

    def read(self, question: str) -> Frame:
        """The frame of `question`.

        What cannot be one, because it is empty, longer than MOST_CHARACTERS or MOST_TOKENS, not in Latin letters for
        the most part, or has more than MOST_NAMES names or MOST_JOINTS signs and ands, has the family none and the
        confidence 0.
        """
        text = cleaned(question)
        words = tokens(text)
        if len(question) > MOST_CHARACTERS or len(words) > MOST_TOKENS or not _in_latin_letters(text):
            return _unread(question)
        found = spans(self._tagger.tags(words, self.known))
        whole = masked(words, found, self.known)
        if len(found.names) > MOST_NAMES or len(joints(whole)) > MOST_JOINTS:
            return _unread(question)
        at = cuts(whole, self._joint)
        family, confidence, second, rest = self._decide(whole.up_to(at[0]) if at else whole)
        years = [text[words[first].start : words[last - 1].end] for first, last in found.years]
        return Frame(
            question,
            family,
            rest["answer"],
            relation=rest["relation"],
            kind=rest["kind"],
            slots=_slots(text, words, found),
            year=years[0] if years else "",
            status=rest["status"],
            parts=parts(text, words, whole, at),
            confidence=confidence,
            second=second,
        )

    def _decide(self, question: Masked) -> tuple[str, float, str, dict[str, str]]:
        """The family, how likely it is, the next likeliest, and the rest of the frame."""
        features = question_features(question)
        likely = probabilities(self._family.scores(hashes(features), times(features)) / self._temperature)
        first, second = np.argsort(-likely, kind="stable")[:2]
        family = self._family.labels[first]
        crossed = frame_features(features, family)
        hashed, by = hashes(crossed), times(crossed)
        rest = {name: model.labels[int(model.scores(hashed, by).argmax())] for name, model in self._heads.items()}
        return family, float(likely[first]), self._family.labels[second], rest


def _unread(question: str) -> Frame:
    return Frame(question, "none", "what", second="about")


def _in_latin_letters(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return letters > 0 and 2 * len(_LATIN.findall(text)) >= letters


def _slots(text: str, words: Sequence[Token], found: Spans) -> tuple[str, ...]:
    """The names as typed, in their order, each once."""
    names = (text[words[first].start : words[last - 1].end] for first, last in found.names)
    return tuple({name.casefold(): name for name in reversed(list(names))}.values())[::-1]


@cache
def shipped_weights() -> dict[str, NDArray[np.generic]]:
    """The weights that ship, as `make train` wrote them."""
    with np.load(WEIGHTS, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def shipped_reader(entities: Iterable[Entity] = ()) -> Reader:
    """A reader that knows the names of `entities`, and after them those of the register of authorities."""
    return Reader(shipped_weights(), KnownNames([*entity_names(entities), *register_names()]))
