"""The lexicon: which words speak of which concept. Its words stand in lexicon.txt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.ask.tokens import tokens

LONGEST_PHRASE = 4
_SHORTEST_WITH_A_SLIP = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept that the tokens from `start` up to `end` speak of."""

    concept: str
    start: int
    end: int


class Lexicon:
    """Concepts by the stems of their words and phrases."""

    def __init__(self, concepts: dict[str, list[str]]) -> None:
        found: dict[tuple[str, ...], set[str]] = {}
        for concept, phrases in concepts.items():
            for phrase in phrases:
                stems = tuple(token.stem for token in tokens(phrase))
                if stems:
                    found.setdefault(stems, set()).add(concept)
        self.phrases = {stems: tuple(sorted(concepts)) for stems, concepts in found.items()}
        self.stems = {stem for stems in found for stem in stems}
        self._begin_longer = {stems[0] for stems in found if len(stems) > 1}
        self._one_away: dict[str, str] = {}
        for stem in sorted(self.stems):
            if len(stem) >= _SHORTEST_WITH_A_SLIP:
                for shorter in _without_one(stem):
                    self._one_away.setdefault(shorter, stem)
        self._meant: dict[str, str] = {}

    def meant(self, stem: str) -> str:
        """The stem of the lexicon that `stem` is, or is one slip away from; `stem` itself where there is none."""
        if stem in self.stems or len(stem) < _SHORTEST_WITH_A_SLIP:
            return stem
        known = self._meant.get(stem)
        if known is None:
            near = (self._one_away[shorter] for shorter in (stem, *_without_one(stem)) if shorter in self._one_away)
            known = next(near, stem)
            if len(self._meant) < 20_000:
                self._meant[stem] = known
        return known

    def mentions(self, stems: Sequence[str]) -> list[Mention]:
        """Every concept that one to four of `stems` in a row speak of."""
        found = []
        for start, stem in enumerate(stems):
            found += [Mention(concept, start, start + 1) for concept in self.phrases.get((stem,), ())]
            if stem in self._begin_longer:
                for end in range(start + 2, min(start + LONGEST_PHRASE, len(stems)) + 1):
                    found += [Mention(concept, start, end) for concept in self.phrases.get(tuple(stems[start:end]), ())]
        return found

    def is_topic(self, stems: Sequence[str]) -> bool:
        """Whether the words are a topic of public service, such as payroll or homelessness."""
        return "topic" in self.phrases.get(tuple(stems), ())


def _without_one(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def read_lexicon(path: Path) -> dict[str, list[str]]:
    """`concept: word, phrase, ...` a line; a line that begins with # is for readers."""
    concepts: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            concept, _, phrases = line.partition(":")
            concepts.setdefault(concept.strip(), []).extend(phrase.strip() for phrase in phrases.split(","))
    return concepts


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    return Lexicon(read_lexicon(Path(__file__).with_name("lexicon.txt")))
