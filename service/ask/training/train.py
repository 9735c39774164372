"""From labelled questions to weights: the tagger, the joints of compound questions, the family, the rest of a frame.

Every step is a convex optimisation from zero on one thread, and weights are rounded to bytes: the same questions give
the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.ask.clauses import joint_features, joints
from service.ask.features import frame_features, question_features, times, weight
from service.ask.linear import Floats, Linear, hashes, probabilities
from service.ask.masked import Masked, masked
from service.ask.names import KnownNames, register_names
from service.ask.tagger import spans, token_features
from service.ask.tokens import Token
from service.ask.training.crf import train_tagger
from service.ask.training.labelled import Labelled, gold_cuts, gold_tags
from service.ask.training.logistic import train_linear

HEADS: dict[str, Callable[[Labelled], str]] = {
    "answer": lambda row: row.answer,
    "relation": lambda row: row.relation,
    "kind": lambda row: row.kind,
    "status": lambda row: row.status,
}
"""What is decided once the family is, each by a model of its own."""

TAGGER_FOLDS, FOLDS = 4, 2
_TEMPERATURES = np.arange(0.6, 2.01, 0.05)


@dataclass(frozen=True, slots=True)
class _Read:
    """A labelled question as it is read where its own labels are not known: its names are the tagger's of a fold that
    did not see it."""

    row: Labelled
    whole: Masked
    cuts: list[int]

    @property
    def first(self) -> Masked:
        """Its first part, which says family, answer and relation."""
        return self.whole.up_to(self.cuts[0]) if self.cuts else self.whole


def train(rows: Sequence[Labelled]) -> dict[str, NDArray[np.generic]]:
    """The arrays of weights.npz. Names are those of the register only, so that nobody's seeds change the weights."""
    known = KnownNames(register_names())
    words = [row.words for row in rows]
    tagged = [(token_features(each, known), gold_tags(row)) for each, row in zip(words, rows, strict=True)]
    marked = [row.names_marked for row in rows]
    tags = _unseen_tags(tagged, marked, words, known)
    tagger = train_tagger([each for each, whole in zip(tagged, marked, strict=True) if whole])
    read = [_read(row, each, found, known) for row, each, found in zip(rows, words, tags, strict=True)]
    firsts = [question_features(each.first) for each in read]
    families = [row.family for row in rows]
    family = train_linear(firsts, families, weight, times=times)
    arrays: dict[str, NDArray[np.generic]] = {
        **tagger.emissions.arrays("tagger"),
        "tagger.transitions": tagger.transitions,
        **_train_joint([each for each in read if each.row.names_marked]).arrays("joint"),
        **family.arrays("family"),
        "family.temperature": np.array([_temperature(firsts, families)], dtype=np.float32),
    }
    crossed = [frame_features(features, row.family) for features, row in zip(firsts, rows, strict=True)]
    for name, label in HEADS.items():
        model = train_linear(crossed, [label(row) for row in rows], weight, times=times, least=3, rounds=40)
        arrays.update(model.arrays(name))
    return arrays


def _unseen_tags(
    tagged: Sequence[tuple[list[list[str]], list[int]]],
    marked: Sequence[bool],
    words: Sequence[list[Token]],
    known: KnownNames,
) -> list[list[int]]:
    tags: list[list[int]] = [[] for _ in tagged]
    for fold in range(TAGGER_FOLDS):
        seen = [row for at, row in enumerate(tagged) if marked[at] and at % TAGGER_FOLDS != fold]
        tagger = train_tagger(seen, rounds=30)
        for at in range(fold, len(tagged), TAGGER_FOLDS):
            tags[at] = tagger.tags(words[at], known)
    return tags


def _read(row: Labelled, words: list[Token], tags: Sequence[int], known: KnownNames) -> _Read:
    whole = masked(words, spans(tags), known)
    return _Read(row, whole, gold_cuts(row, words, whole))


def _train_joint(read: Sequence[_Read]) -> Linear:
    rows = [(joint_features(each.whole, at), at in each.cuts) for each in read for at in joints(each.whole)]
    return train_linear(
        [features for features, _ in rows], ["cut" if cut else "no" for _, cut in rows], lambda _: 1.0, least=1
    )


def _temperature(firsts: Sequence[list[str]], families: Sequence[str]) -> float:
    """What scores are divided by so that confidence is a frequency (Guo et al. 2017), from folds that did not see the
    question."""
    scored: list[tuple[Floats, int]] = []
    for fold in range(FOLDS):
        seen = [at for at in range(len(firsts)) if at % FOLDS != fold]
        model = train_linear([firsts[at] for at in seen], [families[at] for at in seen], weight, times=times, rounds=30)
        for at in range(fold, len(firsts), FOLDS):
            if families[at] in model.labels:
                scored.append((model.scores(hashes(firsts[at]), times(firsts[at])), model.labels.index(families[at])))

    def loss(temperature: float) -> float:
        return -sum(float(np.log(probabilities(scores / temperature)[right] + 1e-12)) for scores, right in scored)

    return float(min(_TEMPERATURES, key=loss))
