"""How strongly two bodies are tied, and how alike they are in what they take part in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from scipy import sparse

from service.metrics.arrays.graph import ArrayGraph, TwoModeGraph
from service.metrics.two_mode import Graph, Node, incidence, organisations, things


def two_mode(graph: Graph) -> TwoModeGraph:
    """The same two-mode network straight from its arrays."""
    if isinstance(graph, TwoModeGraph):
        return graph
    return TwoModeGraph(organisations(graph), things(graph), incidence(graph))


def projection(graph: Graph) -> ArrayGraph:
    """Organisations joined by w_ij = sum_k b_ik b_jk / (d_k - 1) (Newman 2001, PRE 64, 016132).

    A thing shared by two ties them with 1; one shared by 500 with 1/499 each. sum_j w_ij is the number of i's things
    that have another organisation. An empty graph gives an empty projection.
    """
    return two_mode(graph).projection


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations and what they share."""

    a: Node
    b: Node
    shared: int
    """c_ij: the things that both take part in."""

    strength: float
    """Newman's w_ij."""

    jaccard: float
    """c / (r_i + r_j - c)"""

    overlap: float
    """c / min(r_i, r_j)"""

    cosine: float
    """c / sqrt(r_i r_j)"""


class Pairs(Sequence[Pair]):
    """Pairs in order, each made when it is looked at: a large network has millions of them."""

    def __init__(self, network: TwoModeGraph, of: Node | None = None) -> None:
        self._network = network
        ties = network.incidence
        self._own = np.asarray(ties.sum(axis=1)).ravel()
        rows = np.arange(len(network.top)) if of is None else np.array([network.top.index(of)])
        common = sparse.csr_array(ties[rows] @ ties.T).tocoo()
        i, j = rows[common.row], common.col
        apart = i < j if of is None else i != j
        low, high = np.minimum(i, j)[apart], np.maximum(i, j)[apart]
        weights = network.projection.matrix
        strength = np.asarray(weights[low, high]).ravel() if len(low) else np.zeros(0)
        place = np.argsort(np.argsort(np.array([str(each) for each in network.top]), kind="stable"))
        order = np.lexsort((place[high], place[low], -strength)) if len(low) else np.zeros(0, dtype=int)
        self._low, self._high, self._strength = low[order], high[order], strength[order]
        self._shared = common.data[apart][order]

    def __len__(self) -> int:
        return len(self._low)

    @overload
    def __getitem__(self, place: int) -> Pair: ...
    @overload
    def __getitem__(self, place: slice) -> list[Pair]: ...
    def __getitem__(self, place: int | slice) -> Pair | list[Pair]:
        if isinstance(place, slice):
            return [self._pair(k) for k in range(*place.indices(len(self)))]
        return self._pair(range(len(self))[place])

    def _pair(self, k: int) -> Pair:
        i, j, c = self._low[k], self._high[k], self._shared[k]
        own = self._own
        return Pair(
            self._network.top[i],
            self._network.top[j],
            int(c),
            float(self._strength[k]),
            float(c / (own[i] + own[j] - c)),
            float(c / min(own[i], own[j])),
            float(c / np.sqrt(own[i] * own[j])),
        )


def pairs(graph: Graph, *, of: Node | None = None) -> Pairs:
    """Every pair that shares something, the strongest first, ties by name; only those of one body where `of` names it.

    Empty where nobody shares.
    """
    return Pairs(two_mode(graph), of)


@dataclass(frozen=True, slots=True)
class MissingLink:
    """Two organisations that share nothing yet, and how likely the index makes it that they come to."""

    a: Node
    b: Node
    index: float


def missing_links(graph: Graph, limit: int = 100, *, of: Node | None = None) -> list[MissingLink]:
    """Pairs that share nothing, by the resource allocation index on the projection: sum over common partners q of
    1 / k_q, k_q partners of q (Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71, 623). The likeliest first, ties by name.

    Only those of one body where `of` names it. Empty where every pair shares something, or none has a common partner.
    """
    network = two_mode(graph)
    tied = network.projection.matrix.copy()
    tied.data = np.ones_like(tied.data)
    degree = np.diff(tied.indptr)
    share = np.divide(1.0, degree, out=np.zeros(len(degree)), where=degree > 0)
    rows = np.arange(len(network.top)) if of is None else np.array([network.top.index(of)])
    index = sparse.csr_array(tied[rows] @ sparse.diags_array(share) @ tied)
    apart = sparse.csr_array(index - index.multiply(tied[rows])).tocoo()
    order = sorted(
        (-round(float(value), 12), *sorted((str(network.top[i]), str(network.top[j]))), i, j)
        for i, j, value in zip(rows[apart.row], apart.col, apart.data, strict=True)
        if value > 1e-12 and (i < j if of is None else i != j)
    )
    return [MissingLink(network.top[min(i, j)], network.top[max(i, j)], -value) for value, _, _, i, j in order[:limit]]
