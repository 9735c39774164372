"""Compound questions: where one question ends and the next begins, and each part so that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.ask.linear import Linear, hashes, probabilities
from service.ask.masked import NAME, Masked, Piece
from service.ask.tokens import Token

MOST_PARTS = 3
_JOINTS = frozenset("and & + plus also then but , ? ; / . : -".split())
_ABOUT_THINGS = {"it": "{}", "they": "{}", "them": "{}", "its": "{}'s", "their": "{}'s"}
_BEFORE_A_NAME = frozenset("of to in for at by with from on into".split())
_LEADING = re.compile(r"^(?:\W+|and\b|but\b|also\b|plus\b|then\b)+\s*", re.IGNORECASE)


def joints(question: Masked) -> list[int]:
    """The pieces at which a question may be cut in two: an `and` or a sign, with something on either side."""
    return [at for at, piece in enumerate(question.pieces[1:-1], 1) if piece.key in _JOINTS]


def joint_features(question: Masked, at: int) -> list[str]:
    """What stands around the joint."""
    pieces = question.pieces
    sign, before, after = pieces[at].key, pieces[max(0, at - 3) : at], pieces[at + 1 : at + 5]
    found = [f"j{sign}", f"sign{sign}{len(joints(question))}"]
    found += [f"b{step}{piece.stem}" for step, piece in enumerate(reversed(before), 1)]
    found += [f"a{step}{piece.stem}" for step, piece in enumerate(after, 1)]
    found += [f"js{sign} {each}" for each in (before[-1].stem, after[0].stem)]
    found.append(f"ba{before[-1].stem} {after[0].stem}")
    found.append("a " + " ".join(piece.stem for piece in after[:2]))
    found.append("a " + " ".join(piece.stem for piece in after[:3]))
    for mention in question.mentions:
        if at < mention.start <= at + 4:
            found += [f"ac{mention.concept}", f"ac{mention.start - at}{mention.concept}"]
        elif at - 3 <= mention.start < at:
            found.append(f"bc{mention.concept}")
    named = [any(piece.key == NAME for piece in side) for side in (pieces[:at], pieces[at + 1 :])]
    found += [f"named{named}", f"named{sign}{named}", f"left{min(at, 8)}", f"right{min(len(pieces) - at, 8)}"]
    found.append(f"first {pieces[0].stem} {after[0].stem}")
    return found


def cuts(question: Masked, joint: Linear) -> list[int]:
    """The pieces at which the question falls into its parts, in order: at most two."""
    likely = []
    for at in joints(question):
        scores = joint.scores(hashes(joint_features(question, at)))
        likely.append((float(probabilities(scores)[joint.labels.index("cut")]), at))
    best = sorted((pair for pair in likely if pair[0] > 0.5), reverse=True)
    chosen: list[int] = []
    for _, at in best:
        if len(chosen) < MOST_PARTS - 1 and all(abs(at - other) > 2 for other in chosen):
            chosen.append(at)
    return sorted(chosen)


def parts(question: str, words: Sequence[Token], read: Masked, at: Sequence[int]) -> tuple[str, ...]:
    """The parts of `question`, cut at the pieces `at`; what the later ones leave out is carried over from the first."""
    begins = [0, *(cut + 1 for cut in at)]
    ends = [*at, len(read.pieces)]
    first = next((place for place, piece in enumerate(read.pieces) if piece.key == NAME), None)
    found = []
    for begin, end in zip(begins, ends, strict=True):
        inside = read.pieces[begin:end]
        text = _LEADING.sub("", _typed(question, words, inside)).strip(" ,;:-?.")
        if begin and first is not None and text:
            linking = read.pieces[first - 1].key if 0 < first < ends[0] else ""
            text = _carried(text, _typed(question, words, [read.pieces[first]]), inside, linking)
        if text:
            found.append(f"{text}?")
    return tuple(found) if len(found) > 1 else ()


def _typed(question: str, words: Sequence[Token], pieces: Sequence[Piece]) -> str:
    return question[words[pieces[0].first].start : words[pieces[-1].last - 1].end] if pieces else ""


def _carried(text: str, name: str, part: Sequence[Piece], linking: str) -> str:
    """`text` with the name in the place of its pronoun, or at its end, after `linking`, where it names nothing."""
    for piece in part:
        if form := _ABOUT_THINGS.get(piece.key):
            before, after = re.split(rf"\b{piece.key}\b", text, maxsplit=1, flags=re.IGNORECASE)
            return f"{before}{form.format(name)}{after}"
    if any(piece.key == NAME for piece in part):
        return text
    return f"{text} {linking if linking in _BEFORE_A_NAME else 'of'} {name}"
