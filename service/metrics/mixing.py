"""Who ties with whom: across kinds, and by how many relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from service.metrics.arrays.graph import ArrayGraph
from service.metrics.metric import metric
from service.metrics.two_mode import Node


@metric(
    "network",
    100,
    "Whether ties cross kinds of body (1) or stay within (-1).",
    definition="(E - I) / (E + I)",
    citation="Krackhardt & Stern 1988",
    undefined="no tie between bodies of known kind",
    projection="one-mode",
    arguments=lambda subject: (subject.flat, subject.kind_of),
)
def mixing(projection: ArrayGraph, kind_of: Mapping[Node, str | None]) -> float | None:
    """E-I index (E - I) / (E + I) over tied pairs: 1 where all ties cross kinds, -1 where none does (Krackhardt & Stern
    1988). Ties of a body whose kind is not known do not count. None where no tie counts.
    """
    ties = sparse.triu(projection.matrix, 1).tocoo()
    kinds = [kind_of.get(node) for node in projection.node_list]
    known = [(kinds[i], kinds[j]) for i, j in zip(ties.row, ties.col, strict=True) if kinds[i] and kinds[j]]
    outside = sum(a != b for a, b in known)
    return (2 * outside - len(known)) / len(known) if known else None


@metric(
    "network",
    90,
    "By how many relations a tied pair is tied.",
    definition="mean distinct relations per tied pair",
    citation="Wasserman & Faust 1994",
    undefined="no pair is tied by one relation",
    projection="one-mode",
    arguments=lambda subject: (subject.by_relation,),
)
def multiplexity(by_relation: Sequence[sparse.csr_array]) -> float | None:
    """Mean number of relations by which a tied pair is tied: both have that relation to one thing at least.

    `by_relation` holds the incidence matrix of each relation. Pairs tied only across relations do not count. None where
    no pair is tied.
    """
    layers = [sparse.triu(ties @ ties.T, 1).tocsr() for ties in by_relation if ties.nnz]
    for layer in layers:
        layer.data = np.ones_like(layer.data)
    if not layers:
        return None
    together = layers[0]
    for layer in layers[1:]:
        together = together + layer
    return float(together.sum() / together.nnz) if together.nnz else None
