"""The two sides of a two-mode network, and its incidence matrix."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from service.metrics.arrays.graph import ArrayGraph, TwoModeGraph

Node = Hashable
Graph = Any
"""An nx.Graph, or an ArrayGraph, which networkx takes alike; its type stubs know only the first."""

Values = dict[Node, float | None]
"""A value a node; None where the metric is not defined for it."""


def organisations(graph: Graph) -> list[Node]:
    if isinstance(graph, TwoModeGraph):
        return list(graph.top)
    return [node for node, side in graph.nodes(data="bipartite") if side == 0]


def things(graph: Graph) -> list[Node]:
    if isinstance(graph, TwoModeGraph):
        return list(graph.bottom)
    return [node for node, side in graph.nodes(data="bipartite") if side == 1]


def tied(graph: TwoModeGraph) -> TwoModeGraph:
    """The network of what has a tie: without organisations that take part in nothing, and things that nobody is in."""
    rows = np.flatnonzero(np.diff(graph.incidence.indptr))
    columns = np.flatnonzero(np.bincount(graph.incidence.indices, minlength=len(graph.bottom)))
    if (len(rows), len(columns)) == graph.incidence.shape:
        return graph
    return TwoModeGraph(
        [graph.top[i] for i in rows],
        [graph.bottom[k] for k in columns],
        sparse.csr_array(graph.incidence[rows][:, columns]),
    )


def incidence(graph: Graph) -> sparse.csr_array:
    """B: organisations by things, 0 or 1."""
    rows, columns = organisations(graph), things(graph)
    if not rows or not columns:
        return sparse.csr_array((len(rows), len(columns)))
    return sparse.csr_array(nx.bipartite.biadjacency_matrix(graph, rows, columns, weight=None))


def sizes(graph: Graph) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """r_i things of each organisation, d_k organisations of each thing."""
    ties = incidence(graph)
    return np.asarray(ties.sum(axis=1)).ravel(), np.asarray(ties.sum(axis=0)).ravel()


def named(nodes: Sequence[Node], values: NDArray[np.float64]) -> Values:
    """Values by node, with None for NaN."""
    return {node: None if np.isnan(value) else float(value) for node, value in zip(nodes, values, strict=True)}


def strength_of(projection: Graph) -> NDArray[np.float64]:
    """Sum of the weights of each body's ties, in the order of the projection."""
    if isinstance(projection, ArrayGraph):
        return np.asarray(projection.matrix.sum(axis=1), dtype=float).ravel()
    return np.array([strength for _, strength in projection.degree(weight="weight")], dtype=float)


def degree_of(projection: Graph) -> NDArray[np.float64]:
    """Partners of each body, in the order of the projection."""
    if isinstance(projection, ArrayGraph):
        return projection.degrees.astype(float)
    return np.array([degree for _, degree in projection.degree], dtype=float)
