"""Trains the conditional random field of tagger.py by L-BFGS (Liu and Nocedal 1989) on its exact gradient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from service.ask.linear import Floats, hashes, quantised
from service.ask.tagger import IN_NAME, IN_YEAR, NAME, START, TAGS, YEAR, Tagger

K = len(TAGS)
_NEVER = -50.0


def _forbidden() -> Floats:
    """An inside tag comes only after its own begin or inside."""
    scores = np.zeros((K + 1, K))
    scores[:, IN_NAME] = _NEVER
    scores[:, IN_YEAR] = _NEVER
    scores[[NAME, IN_NAME], IN_NAME] = 0.0
    scores[[YEAR, IN_YEAR], IN_YEAR] = 0.0
    return scores


@dataclass(frozen=True, slots=True)
class _Batch:
    """Questions, the longest first, their tokens place by place: all first tokens, then all second ones."""

    features: sparse.csr_matrix
    transposed: sparse.csr_matrix
    gold: Floats
    counts: list[int]
    begins: list[int]
    pairs: Floats


def train_tagger(
    rows: Sequence[tuple[list[list[str]], list[int]]], *, strength: float = 0.5, rounds: int = 50, least: int = 2
) -> Tagger:
    """A tagger from questions' token features and their tags. `strength` is that of the L2 penalty."""
    rows = sorted((row for row in rows if row[1]), key=lambda row: -len(row[1]))
    counted = Counter(feature for features, _ in rows for token in features for feature in token)
    known = sorted(feature for feature, n in counted.items() if n >= least)
    batch = _batch(rows, {feature: at for at, feature in enumerate(known)})
    d, forbidden = len(known), _forbidden()

    def objective(flat: Floats) -> tuple[float, Floats]:
        weights, transitions = flat[: d * K].reshape(d, K), flat[d * K :].reshape(K + 1, K) + forbidden
        emitted = np.asarray(batch.features @ weights)
        log_z, marginals, expected = _forward_backward(emitted, transitions, batch)
        likelihood = (emitted * batch.gold).sum() + (batch.pairs * transitions).sum() - log_z
        slope_w = batch.transposed @ (marginals - batch.gold) + strength * weights
        slope_t = expected - batch.pairs + strength * (transitions - forbidden)
        return -likelihood + 0.5 * strength * (flat**2).sum(), np.concatenate([slope_w.ravel(), slope_t.ravel()])

    start = np.zeros(d * K + (K + 1) * K)
    best = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}).x
    transitions = best[d * K :].reshape(K + 1, K) + forbidden
    emissions = quantised(TAGS, hashes(known), best[: d * K].reshape(d, K), np.zeros(K))
    return Tagger(emissions, np.round(transitions, 2).astype(np.float32))


def _batch(rows: Sequence[tuple[list[list[str]], list[int]]], known: dict[str, int]) -> _Batch:
    columns: list[int] = []
    ends, tags_of_all, counts, begins = [0], list[int](), list[int](), list[int]()
    for place in range(len(rows[0][1])):
        here = [row for row in rows if len(row[1]) > place]
        counts.append(len(here))
        begins.append(len(tags_of_all))
        for features, its_tags in here:
            columns += [known[feature] for feature in features[place] if feature in known]
            ends.append(len(columns))
            tags_of_all.append(its_tags[place])
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(tags_of_all), len(known)))
    tags = np.array(tags_of_all)
    pairs = np.zeros((K + 1, K))
    np.add.at(pairs, (np.full(counts[0], START), tags[: counts[0]]), 1)
    for place in range(1, len(counts)):
        before, here_at, n = begins[place - 1], begins[place], counts[place]
        np.add.at(pairs, (tags[before : before + n], tags[here_at : here_at + n]), 1)
    return _Batch(matrix, matrix.T.tocsr(), np.eye(K)[tags], counts, begins, pairs)


def _forward_backward(emitted: Floats, transitions: Floats, batch: _Batch) -> tuple[float, Floats, Floats]:
    """The summed log of the normalisers, the probability of each tag of each token, the expected transitions."""
    counts, begins, inner = batch.counts, batch.begins, transitions[:START]
    forward = [emitted[: counts[0]] + transitions[START]]
    log_z = np.zeros(counts[0])
    for place in range(1, len(counts)):
        n, before = counts[place], forward[-1]
        log_z[n : len(before)] = _log_sum(before[n:], 1)
        here = emitted[begins[place] : begins[place] + n]
        forward.append(_log_sum(before[:n, :, None] + inner[None], 1) + here)
    log_z[: counts[-1]] = _log_sum(forward[-1], 1)
    marginals, expected = np.empty_like(emitted), np.zeros((K + 1, K))
    backward = np.zeros((counts[-1], K))
    for place in range(len(counts) - 1, -1, -1):
        n = counts[place]
        if place < len(counts) - 1:
            after = counts[place + 1]
            ahead = emitted[begins[place + 1] : begins[place + 1] + after] + backward
            ways = inner[None] + ahead[:, None, :]
            backward = np.zeros((n, K))
            backward[:after] = _log_sum(ways, 2)
            expected[:START] += np.exp(forward[place][:after, :, None] + ways - log_z[:after, None, None]).sum(axis=0)
        marginals[begins[place] : begins[place] + n] = np.exp(forward[place] + backward - log_z[:n, None])
    expected[START] = marginals[: counts[0]].sum(axis=0)
    return float(log_z.sum()), marginals, expected


def _log_sum(values: Floats, axis: int) -> Floats:
    most = values.max(axis=axis, keepdims=True)
    return np.asarray((most + np.log(np.exp(values - most).sum(axis=axis, keepdims=True))).squeeze(axis))
