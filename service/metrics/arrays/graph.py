"""Undirected graphs as arrays. They never change, so what is derived from them is never stale."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from typing import Any

import networkit as nk
import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

nk.setNumberOfThreads(1)  # sums in one order: the same graph gives the same values, bit for bit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class ArrayGraph:
    """An undirected graph without parallel edges: nodes in order, and their symmetric weight matrix (CSR).

    A stored entry is an edge, also where its weight is 0. Networkx functions take it as they take an `nx.Graph`.
    """

    __networkx_backend__ = "arrays"

    def __init__(
        self, nodes: Sequence[Hashable], matrix: sparse.csr_array, *, origin: nx.Graph[Any] | None = None
    ) -> None:
        if matrix.shape != (len(nodes), len(nodes)):
            raise ValueError(f"{len(nodes)} nodes need a square matrix, not {matrix.shape}")
        self.node_list = list(nodes)
        self._matrix = _frozen(matrix)
        self.origin = origin
        """The networkx graph that this one was converted from, where a caller asked to keep its attributes."""

    @property
    def matrix(self) -> sparse.csr_array:
        return self._matrix

    @cached_property
    def index(self) -> dict[Hashable, int]:
        return {node: i for i, node in enumerate(self.node_list)}

    @cached_property
    def degrees(self) -> Ints:
        """Neighbours of each node."""
        return np.asarray(np.diff(self.matrix.indptr), dtype=np.int64)

    @cached_property
    def component_of(self) -> Ints:
        """The component of each node, numbered."""
        labels = sparse.csgraph.connected_components(self.matrix, directed=False)[1]
        return np.asarray(labels, dtype=np.int64)

    def networkit(self, *, weighted: bool = False) -> Any:
        """The same graph for networkit."""
        upper = sparse.triu(self.matrix, 1).tocoo()
        data = upper.data if weighted else np.ones_like(upper.data)
        ends = (upper.row.astype(np.uint64), upper.col.astype(np.uint64))
        if len(upper.data) == 0:
            return nk.Graph(len(self), weighted=weighted)
        return nk.GraphFromCoo((data, ends), n=len(self), weighted=weighted)

    def to_networkx(self) -> nx.Graph[Any]:
        if self.origin is not None:
            return self.origin
        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(self.node_list)
        upper = sparse.triu(self.matrix).tocoo()
        names = self.node_list
        graph.add_weighted_edges_from(
            (names[i], names[j], float(w)) for i, j, w in zip(upper.row, upper.col, upper.data, strict=True)
        )
        return graph

    # What networkx asks of a graph before it dispatches.
    def __len__(self) -> int:
        return len(self.node_list)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.node_list)

    def __contains__(self, node: object) -> bool:
        return node in self.index

    def number_of_nodes(self) -> int:
        return len(self)

    def number_of_edges(self) -> int:
        return int(sparse.triu(self.matrix).nnz)

    def is_directed(self) -> bool:
        return False

    def is_multigraph(self) -> bool:
        return False


class TwoModeGraph(ArrayGraph):
    """A two-mode network from its incidence matrix B (n organisations by m things, 0 or 1)."""

    def __init__(self, top: Sequence[Hashable], bottom: Sequence[Hashable], incidence: sparse.csr_array) -> None:
        if incidence.shape != (len(top), len(bottom)):
            raise ValueError(f"{len(top)} by {len(bottom)} nodes need such a matrix, not {incidence.shape}")
        self.top = tuple(top)
        self.bottom = tuple(bottom)
        ties = sparse.csr_array(incidence, dtype=np.float64, copy=True)
        ties.eliminate_zeros()
        self.incidence = _frozen(ties)
        self.node_list = [*top, *bottom]
        self.origin = None

    @cached_property
    def matrix(self) -> sparse.csr_array:
        return _frozen(sparse.csr_array(sparse.block_array([[None, self.incidence], [self.incidence.T, None]])))

    @cached_property
    def projection(self) -> ArrayGraph:
        """Organisations, joined by w_ij = sum_k b_ik b_jk / (d_k - 1) (Newman 2001)."""
        sizes = self.incidence.sum(axis=0)
        share = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes, dtype=float), where=sizes > 1)
        weights = sparse.csr_array(self.incidence @ sparse.diags_array(share) @ self.incidence.T)
        weights.setdiag(0)
        weights.eliminate_zeros()
        return ArrayGraph(self.top, sparse.csr_array(weights))

    def to_networkx(self) -> nx.Graph[Any]:
        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(self.top, bipartite=0)
        graph.add_nodes_from(self.bottom, bipartite=1)
        ties = self.incidence.tocoo()
        graph.add_edges_from((self.top[i], self.bottom[k]) for i, k in zip(ties.row, ties.col, strict=True))
        return graph


def _frozen(matrix: sparse.csr_array) -> sparse.csr_array:
    """The matrix in canonical form, and closed to change."""
    matrix = sparse.csr_array(matrix)
    if not matrix.has_canonical_format:
        matrix.sum_duplicates()
    matrix = matrix.astype(np.float64)
    for array in (matrix.data, matrix.indices, matrix.indptr):
        array.flags.writeable = False
    return matrix
