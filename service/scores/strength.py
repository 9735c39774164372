"""How strongly two bodies are tied, and how alike they are in what they take part in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from service.scores.arrays.graph import ArrayGraph, TwoModeGraph
from service.scores.sides import Graph, Node, incidence, organisations, things


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


def pairs(graph: Graph) -> list[Pair]:
    """Every pair that shares something, the strongest first, ties by name. Empty where nobody shares."""
    network = two_mode(graph)
    ties = network.incidence
    own = np.asarray(ties.sum(axis=1)).ravel()
    common = sparse.triu(ties @ ties.T, 1).tocoo()
    if not common.nnz:
        return []
    weights = network.projection.matrix
    strength = np.asarray(weights[common.row, common.col]).ravel()
    found = [
        Pair(
            network.top[i],
            network.top[j],
            int(c),
            float(w),
            float(c / (own[i] + own[j] - c)),
            float(c / min(own[i], own[j])),
            float(c / np.sqrt(own[i] * own[j])),
        )
        for i, j, c, w in zip(common.row, common.col, common.data, strength, strict=True)
    ]
    return sorted(found, key=lambda pair: (-pair.strength, str(pair.a), str(pair.b)))


@dataclass(frozen=True, slots=True)
class MissingLink:
    """Two organisations that share nothing yet, and how likely the index makes it that they come to."""

    a: Node
    b: Node
    index: float


def missing_links(graph: Graph, limit: int = 100) -> list[MissingLink]:
    """Pairs that share nothing, by the resource allocation index on the projection: sum over common partners q of
    1 / k_q, k_q partners of q (Zhou, Lü & Zhang 2009, Eur. Phys. J. B 71, 623). The likeliest first, ties by name.

    Empty where every pair shares something, or none has a common partner.
    """
    network = two_mode(graph)
    tied = network.projection.matrix.copy()
    tied.data = np.ones_like(tied.data)
    degree = np.diff(tied.indptr)
    share = np.divide(1.0, degree, out=np.zeros(len(degree)), where=degree > 0)
    index = sparse.triu(tied @ sparse.diags_array(share) @ tied, 1)
    apart = (index - index.multiply(tied)).tocoo()
    order = sorted(
        (-round(float(value), 12), str(network.top[i]), str(network.top[j]), i, j)
        for i, j, value in zip(apart.row, apart.col, apart.data, strict=True)
        if value > 1e-12
    )
    return [MissingLink(network.top[i], network.top[j], -value) for value, _, _, i, j in order[:limit]]
