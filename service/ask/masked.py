"""A question with its names and years taken out: what is asked, whoever is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.ask.lexicon import Mention, lexicon
from service.ask.names import KnownNames
from service.ask.tagger import Spans
from service.ask.tokens import Token

NAME, YEAR = "<name>", "<year>"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a sign, a name or a year, with the tokens that it stands for."""

    key: str
    stem: str
    kind: str
    """What a name is; empty for all else."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Masked:
    """The pieces of a question and the concepts that its words speak of (never those of a name)."""

    pieces: tuple[Piece, ...]
    mentions: tuple[Mention, ...]
    style: tuple[str, ...]

    def up_to(self, end: int) -> Masked:
        """Its first `end` pieces."""
        return Masked(self.pieces[:end], tuple(m for m in self.mentions if m.end <= end), self.style)


def masked(words: Sequence[Token], found: Spans, known: KnownNames) -> Masked:
    """`words` with what `found` marks taken out."""
    taken = {start: (end, NAME) for start, end in found.names} | {start: (end, YEAR) for start, end in found.years}
    pieces, at = [], 0
    while at < len(words):
        end, key = taken.get(at, (at + 1, ""))
        if key == NAME:
            pieces.append(Piece(NAME, NAME, known.kind(words[at:end]).value, at, end))
        elif key:
            pieces.append(Piece(YEAR, YEAR, "", at, end))
        else:
            pieces.append(Piece(words[at].key, lexicon().meant(words[at].stem), "", at, end))
        at = end
    return Masked(tuple(pieces), tuple(lexicon().mentions([piece.stem for piece in pieces])), _style(words))


def _style(words: Sequence[Token]) -> tuple[str, ...]:
    """How it is written: a search box, a formal request and a chat answer differently what they ask alike."""
    if not words:
        return ("nothing",)
    first = "upper" if words[0].text[0].isupper() else "lower"
    ends = words[-1].text if words[-1].text in {"?", ".", "!"} else "open"
    return first, ends, f"{first}{ends}"
