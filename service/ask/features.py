"""What a masked question holds, as strings: words and their order, concepts and their crossings, kinds of names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from service.ask.masked import NAME, YEAR, Masked

QUESTION_WORDS = ("why_q", "when_q", "count_q", "amount_q", "where_q", "who_q", "how_q", "what_q", "yes_no")
_WEIGHTS = {"x": 0.4, "p": 0.5, "m": 0.5, "k": 0.7, "y": 0.5}
"""Of features by their first letter; what is not here weighs 1. Letters are many and say little each."""


LENGTH = 12.0
"""The Euclidean length to which a question's features are brought: a long question is no surer than a short one."""


def weight(feature: str) -> float:
    return _WEIGHTS.get(feature[0], 1.0)


def times(features: Sequence[str]) -> float:
    """By how much the features are multiplied to have the length LENGTH."""
    return LENGTH / math.sqrt(sum(weight(feature) ** 2 for feature in features) or 1.0)


def question_features(question: Masked) -> list[str]:
    """The features of a question from which its family is decided."""
    pieces = question.pieces
    if not pieces:
        return ["empty"]
    keys = ["^", *(piece.key for piece in pieces), "$"]
    stems = ["^", *(piece.stem for piece in pieces), "$"]
    found = [*_name_features(question), *(f"y{style}" for style in question.style)]
    found.append(f"length{min(len(pieces) // 3, 6)}")
    found += [f"w{key}" for key in keys]
    found += [f"s{stem}" for stem in stems]
    found += [f"b{a} {b}" for a, b in pairwise(keys)]
    found += [f"d{a} {b}" for a, b in pairwise(stems)]
    found += [f"3{a} {b} {c}" for a, b, c in zip(stems, stems[1:], stems[2:], strict=False)]
    found += [f"k{a} {c}" for a, c in zip(stems, stems[2:], strict=False)]
    found += [f"f1{keys[1]}", f"f2{keys[1]} {keys[2]}", f"l1{keys[-2]}", f"l3{' '.join(keys[1:-1][-3:])}"]
    found += _concept_features(question)
    for key in {piece.key for piece in pieces if piece.key[0] != "<" and len(piece.key) > 2}:
        found += _letters(key)
    return list(dict.fromkeys(found))


def question_word(question: Masked) -> str:
    concepts = {mention.concept for mention in question.mentions}
    return next((word for word in QUESTION_WORDS if word in concepts), "none")


def _name_features(question: Masked) -> list[str]:
    kinds = [piece.kind for piece in question.pieces if piece.kind]
    count = f"n{min(len(kinds), 3)}"
    found = [count, f"tt{'|'.join(kinds[:3])}", f"t0{kinds[0] if kinds else ''}"]
    found += [each for kind in set(kinds) for each in (f"t{kind}", f"t{kind}{count}")]
    if any(piece.key == YEAR for piece in question.pieces):
        found.append("year")
    stems = ["^", *(piece.stem for piece in question.pieces), "$"]
    for at, piece in enumerate(question.pieces, 1):
        if piece.key == NAME:
            found += [f"g{stems[at - 1]}>{piece.kind}", f"h{piece.kind}>{stems[at + 1]}"]
    return found


def _concept_features(question: Masked) -> list[str]:
    pieces, mentions = question.pieces, question.mentions
    kinds = sorted({piece.kind for piece in pieces if piece.kind})
    count = sum(1 for piece in pieces if piece.kind)
    concepts = sorted({mention.concept for mention in mentions})
    asked = question_word(question)
    found = [f"q{asked}"]
    for at, concept in enumerate(concepts):
        found += [f"c{concept}", f"c{concept} n{min(count, 3)}", f"q{asked} {concept}"]
        found += [f"m{concept} {kind}" for kind in kinds]
        found += [f"p{concept} {other}" for other in concepts[:at]]
    for mention in mentions:
        if mention.end - mention.start > 1:
            found.append(f"cc{mention.concept}")
        if mention.start == 0:
            found.append(f"c0{mention.concept}")
        elif pieces[mention.start - 1].key == NAME:
            found.append(f"c>{mention.concept}")
        if mention.end < len(pieces) and pieces[mention.end].key == NAME:
            found.append(f"c<{mention.concept}")
    return found


@lru_cache(maxsize=20_000)
def _letters(key: str) -> tuple[str, ...]:
    """Runs of three to five letters: a misspelt word still has most of its own."""
    word = f"_{key[:30]}_"
    return tuple(f"x{word[at : at + n]}" for n in (3, 4, 5) for at in range(len(word) - n + 1))


def frame_features(features: list[str], family: str) -> list[str]:
    """The features from which the rest of the frame is decided, once its family is: they, and how they stand in it."""
    plain = [feature for feature in features if feature[0] != "x" and feature[0] != "p"]
    crossed = [f"F{family} {each}" for each in plain if each[0] in "wdqcfltnyb" or each[0] == "g"]
    return [*plain, f"F{family}", *crossed]
