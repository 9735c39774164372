"""Whether two organisations meet more often than chance would have it, given how much each takes part in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.metrics.arrays.graph import TwoModeGraph

Floats = NDArray[np.float64]

_TOLERANCE = 1e-10
_MOST_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Significance:
    """Pairs that share something, in rows: organisations low < high by their place in the network."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    shared: NDArray[np.int64]
    p: Floats
    """The probability of sharing at least so much by chance."""

    q: Floats
    """The same corrected for how many pairs there are (Benjamini & Hochberg 1995)."""


def significance(network: TwoModeGraph) -> Significance:
    """How likely each pair would share as many things by chance: the stochastic degree sequence model (Neal 2014; Neal,
    Domagalski & Sagan 2021). Ties are drawn independently, each with the probability that keeps the expected number of
    things of each organisation, and of organisations of each thing; so what a pair shares is a Poisson-binomial.

    q counts every pair of organisations, those that share nothing with p = 1. No rows where nobody shares.
    """
    ties = network.incidence
    common = (ties @ ties.T).tocoo()
    apart = common.row < common.col
    low, high = common.row[apart].astype(np.int64), common.col[apart].astype(np.int64)
    shared = np.rint(common.data[apart]).astype(np.int64)
    own, of = (np.asarray(ties.sum(axis=axis)).ravel().astype(np.int64) for axis in (1, 0))
    own_sizes, own_class = np.unique(own, return_inverse=True)
    of_sizes, counts = np.unique(of, return_counts=True)
    chances = tie_chances(own_sizes, np.bincount(own_class), of_sizes, counts)
    first, second = np.sort(np.stack([own_class[low], own_class[high]]), axis=0)
    classes, which = np.unique(first * len(own_sizes) + second, return_inverse=True)
    p = np.ones(len(shared))
    for place, pair in enumerate(classes):
        rows = np.flatnonzero(which == place)
        i, j = divmod(int(pair), len(own_sizes))
        tails = tail(np.repeat(chances[i] * chances[j], counts), int(shared[rows].max()))
        p[rows] = tails[shared[rows]]
    n = len(network.top)
    return Significance(low, high, shared, p, corrected(p, n * (n - 1) // 2))


def tie_chances(
    own: NDArray[np.int64], own_counts: NDArray[np.int64], of: NDArray[np.int64], of_counts: NDArray[np.int64]
) -> Floats:
    """The chance of a tie between an organisation of each size and a thing of each size: x y / (1 + x y), with the x
    and y that give every size in expectation (the bipartite configuration model, which Neal, Domagalski & Sagan 2021
    recommend for it). Sizes come once each, with how many have them.

    Who is in everything, and what has everybody, is tied for sure and taken out first; likewise who is in nothing.
    Raises ArithmeticError where the sizes cannot be met.
    """
    chances = np.zeros((len(own), len(of)))
    rows, columns = np.arange(len(own)), np.arange(len(of))
    own_left, of_left = own.astype(float), of.astype(float)
    while len(rows) and len(columns):
        full_rows = own_left[rows] >= of_counts[columns].sum()
        full_columns = of_left[columns] >= own_counts[rows].sum()
        if full_rows.any():
            chances[np.ix_(rows[full_rows], columns)] = 1
            of_left[columns] -= own_counts[rows[full_rows]].sum()
            rows = rows[~full_rows]
        elif full_columns.any():
            chances[np.ix_(rows, columns[full_columns])] = 1
            own_left[rows] -= of_counts[columns[full_columns]].sum()
            columns = columns[~full_columns]
        elif (own_left[rows] <= 0).any() or (of_left[columns] <= 0).any():
            rows, columns = rows[own_left[rows] > 0], columns[of_left[columns] > 0]
        else:
            chances[np.ix_(rows, columns)] = _fitted(
                own_left[rows], own_counts[rows], of_left[columns], of_counts[columns]
            )
            break
    return chances


def _fitted(own: Floats, own_counts: NDArray[np.int64], of: Floats, of_counts: NDArray[np.int64]) -> Floats:
    total = float(own @ own_counts)
    x, y = own / np.sqrt(total), of / np.sqrt(total)
    for _ in range(_MOST_ROUNDS):
        x = own / ((of_counts * y) / (1 + np.outer(x, y))).sum(axis=1)
        y = of / ((own_counts * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        chances = np.outer(x, y) / (1 + np.outer(x, y))
        off = max(np.abs(chances @ of_counts - own).max(), np.abs(own_counts @ chances - of).max())
        if off <= _TOLERANCE * max(1.0, float(own.max()), float(of.max())):
            return np.asarray(chances)
    raise ArithmeticError(f"the sizes of organisations and things are missed by {off:.2g} after {_MOST_ROUNDS} rounds")


def tail(chances: Floats, most: int) -> Floats:
    """P(at least c of independent draws succeed) for c from 0 to `most`, each with its own chance.

    The exact convolution of the draws, with all of `most` and more successes held as one.
    """
    held = np.zeros(most + 1)
    held[0] = 1
    for chance in chances:
        moved = held * chance
        held -= moved
        held[1:] += moved[:-1]
        held[-1] += moved[-1]
    return np.minimum(np.cumsum(held[::-1])[::-1], 1)


def corrected(p: Floats, tests: int) -> Floats:
    """The false-discovery rate at which each would be found (Benjamini & Hochberg 1995), among so many tests.

    Those that are not in `p` have p = 1. Raises ValueError for fewer tests than p values.
    """
    if tests < len(p):
        raise ValueError(f"{len(p)} p values of {tests} tests")
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(np.minimum(p[order] * tests / ranks, 1))
    return q
