"""A core whose members are tied with everybody, and a periphery that is tied with the core alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from service.metrics.arrays.graph import ArrayGraph
from service.metrics.metric import metric
from service.metrics.two_mode import Node

_SINGLE = 8
"""Searches that start with one of the bodies that have most partners."""

_SHAKEN = 16
"""Searches that start with the best core so far, some bodies of it and beside it exchanged."""

_MOVES = 32
"""Moves after which a search that found nothing better ends; bodies that are exchanged at most for a new start."""

_ALIKE = 1e-12

Members = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    core: tuple[Node, ...]
    """Those with most partners first."""

    fit: float | None
    """corr(A, D) over pairs: 1 where all ties touch the core and all core ties are there; None where not defined."""


@metric(
    "network",
    40,
    "How well the network fits a core and a periphery.",
    definition="the best corr(A, D) that was found, D_ij = 1 if i or j is in the core",
    citation="Borgatti & Everett 1999; Kernighan & Lin 1970",
    undefined="nobody, or everybody, is tied with everybody",
    projection="one-mode",
    read=attrgetter("fit"),
)
def core_periphery(projection: ArrayGraph, *, seed: int = 1) -> CorePeriphery:
    """The best core that was found by corr(A, D), D_ij = 1 if i or j is in the core (Borgatti & Everett 1999).

    Searches start with the bodies that have most partners, with single ones of them, and with the best core so far,
    shaken; each moves one body in or out at a time, on through worse cores too, and goes back to the best on its way
    (Kernighan & Lin 1970). Not defined where nobody, or everybody, is tied with everybody.
    """
    n = len(projection)
    edges = float(projection.degrees.sum()) / 2
    if not edges or edges == n * (n - 1) / 2:
        return CorePeriphery((), None)
    by_name = np.array(sorted(range(n), key=lambda i: str(projection.node_list[i])))
    fit = _Fit(sparse.csr_array(projection.matrix[by_name][:, by_name]))
    order = np.argsort(-fit.degrees, kind="stable")
    value, inside = _improved(fit, _most_tied(fit, order))
    dice = np.random.default_rng(seed)
    for start in range(_SINGLE + _SHAKEN):
        if start < _SINGLE:
            begin = np.isin(np.arange(n), order[start : start + 1])
        else:
            begin = inside ^ (dice.random(n) < min(0.5 / (1 + start % 4), _MOVES / n))
        other, found = _improved(fit, begin)
        if other > value + _ALIKE:
            value, inside = other, found
    return CorePeriphery(tuple(projection.node_list[by_name[i]] for i in order if inside[i]), value)


class _Fit:
    """The correlation of a network with the pattern of a core."""

    def __init__(self, matrix: sparse.csr_array) -> None:
        self.matrix = matrix
        self.ties = (matrix != 0).astype(np.int64)
        self.n = matrix.shape[0]
        self.degrees = np.diff(matrix.indptr).astype(np.int64)
        self.edges = float(self.degrees.sum()) / 2
        self._pairs = self.n * (self.n - 1) / 2

    def value(self, covered: float, size: float) -> float:
        """Of a core of so many bodies that so many ties touch; -1 where the pattern is the same for all pairs."""
        ones = size * (size - 1) / 2 + size * (self.n - size)
        spread = self.edges * (self._pairs - self.edges) * ones * (self._pairs - ones)
        return (self._pairs * covered - self.edges * ones) / math.sqrt(spread) if spread > 0 else -1.0

    def neighbours(self, node: int) -> NDArray[np.int32]:
        return np.asarray(self.matrix.indices[self.matrix.indptr[node] : self.matrix.indptr[node + 1]])


def _most_tied(fit: _Fit, order: NDArray[np.int64]) -> Members:
    """The best of the cores that hold the first bodies of an order."""
    place = np.empty(fit.n, dtype=np.int64)
    place[order] = np.arange(fit.n)
    rows = np.repeat(np.arange(fit.n), fit.degrees)
    earlier = np.bincount(rows[place[fit.matrix.indices] < place[rows]], minlength=fit.n)
    covered = np.cumsum((fit.degrees - earlier)[order])
    values = [round(fit.value(float(ties), k), 12) for k, ties in enumerate(covered, start=1)]
    return np.asarray(place <= int(np.argmax(values)))


def _improved(fit: _Fit, inside: Members) -> tuple[float, Members]:
    """The best core that moves lead to from one."""
    best_value, best = -2.0, inside
    while True:
        found = [(value, core) for value, core in _moves(fit, best) if value > best_value + _ALIKE]
        if not found:
            return best_value, best
        best_value, best = found[-1]


def _moves(fit: _Fit, inside: Members) -> Iterator[tuple[float, Members]]:
    """A core, and then the better ones that come up while the best body each time moves in or out, none twice."""
    core, free = inside.copy(), np.ones(fit.n, dtype=bool)
    outer = np.asarray(fit.ties @ (~core).astype(np.int64))  # partners of each body outside the core
    size = int(core.sum())
    covered = fit.edges - float(outer[~core].sum()) / 2
    highest = fit.value(covered, size)
    yield highest, core.copy()
    for _ in range(min(fit.n, _MOVES)):
        joins = int(np.argmax(np.where(core | ~free, -1, outer)))
        leaves = int(np.argmin(np.where(core & free, outer, fit.n)))
        joined = fit.value(covered + outer[joins], size + 1) if free[joins] and not core[joins] else -np.inf
        left = fit.value(covered - outer[leaves], size - 1) if free[leaves] and core[leaves] else -np.inf
        node, step = (joins, 1) if joined >= left else (leaves, -1)
        covered += step * float(outer[node])
        size += step
        core[node], free[node] = step > 0, False
        outer[fit.neighbours(node)] -= step
        if max(joined, left) > highest + _ALIKE:
            highest = max(joined, left)
            yield highest, core.copy()
