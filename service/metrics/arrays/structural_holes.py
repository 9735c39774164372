"""Burt's measures on sparse matrices, a block of rows at a time, so that memory stays flat."""

from __future__ import annotations

import networkit as nk
import numpy as np
from scipy import sparse

from service.metrics.arrays.graph import ArrayGraph, Floats

_DENSE = 4000
"""Nodes up to which a network with many ties is quicker as a dense matrix."""

_BLOCK = 20_000_000
"""Entries that a block's product may have before it is masked."""


def constraint_values(weights: sparse.csr_array) -> Floats:
    """sum_j (p_ij + sum_q p_iq p_qj)^2 over neighbours j, p_ij = w_ij / sum_j w_ij (Burt 1992). NaN: isolate."""
    n = weights.shape[0]
    strengths = np.asarray(weights.sum(axis=1)).ravel()
    scale = np.divide(1.0, strengths, out=np.zeros(n), where=strengths > 0)
    direct = sparse.csr_array(sparse.diags_array(scale) @ weights)
    mask = weights.copy()
    mask.data = np.ones_like(mask.data)
    values = np.full(n, np.nan)
    if _is_dense(weights):
        whole = direct.toarray()
        local = np.where(mask.toarray() > 0, whole + whole @ whole, 0)
        values[:] = (local * local).sum(axis=1)
        values[np.diff(weights.indptr) == 0] = np.nan
        return values
    for start, end in _blocks(weights):
        indirect = (direct[start:end] @ direct).multiply(mask[start:end])
        local = direct[start:end] + indirect
        values[start:end] = np.asarray(local.multiply(local).sum(axis=1)).ravel()
    values[np.diff(weights.indptr) == 0] = np.nan
    return values


def _is_dense(matrix: sparse.csr_array) -> bool:
    n = matrix.shape[0]
    return bool(n <= _DENSE and matrix.nnz > 0.05 * n * n)


def _blocks(weights: sparse.csr_array) -> list[tuple[int, int]]:
    """Blocks of rows whose product with the whole stays within memory."""
    degrees = np.diff(weights.indptr)
    n = len(degrees)
    reach = np.minimum(np.asarray(weights.astype(bool).astype(np.int64) @ degrees), n)
    blocks, start, total = [], 0, 0
    for row in range(n):
        if row > start and total + reach[row] > _BLOCK:
            blocks.append((start, row))
            start, total = row, 0
        total += int(reach[row])
    if n:
        blocks.append((start, n))
    return blocks


def effective_sizes(graph: ArrayGraph) -> Floats:
    """N - 2t/N for N neighbours with t ties among them (Borgatti 1997). NaN for isolates."""
    degrees = graph.degrees.astype(float)
    if not len(degrees):
        return np.zeros(0)
    ties = _ties_among_partners(graph, degrees)
    sizes: Floats = np.divide(
        degrees * degrees - 2 * ties, degrees, out=np.full(len(degrees), np.nan), where=degrees > 0
    )
    return sizes


def _ties_among_partners(graph: ArrayGraph, degrees: Floats) -> Floats:
    if _is_dense(graph.matrix):
        ties = np.zeros((len(degrees), len(degrees)))
        rows = np.repeat(np.arange(len(degrees)), graph.degrees)
        ties[rows, graph.matrix.indices] = 1
        counts: Floats = ((ties @ ties) * ties).sum(axis=1) / 2
        return counts
    shares = np.asarray(nk.centrality.LocalClusteringCoefficient(graph.networkit(), True).run().scores())
    return np.asarray(np.rint(shares * degrees * (degrees - 1) / 2))
