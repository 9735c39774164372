"""Leaves out edges that no shortest path can use, before shortest paths are sought in a dense weighted network."""

from __future__ import annotations

import numpy as np
from scipy import sparse

_NEAREST = 24
"""Neighbours of a node through which a shorter way is sought."""

_SLACK = 1 - 1e-9


def without_detours(distances: sparse.csr_array) -> sparse.csr_array:
    """The same network without edges (i, j) that a way of two edges undercuts: d_ik + d_kj < d_ij.

    Every shortest path, and how many there are, stays as it is. Not all such edges are found: one leg of the way round
    is sought among the nearest neighbours of either end.
    """
    n = distances.shape[0]
    indptr, indices, data = distances.indptr, distances.indices, distances.data
    best = np.full(n, np.inf)
    keep = np.ones(len(data), dtype=bool)
    for i in range(n):
        start, end = indptr[i], indptr[i + 1]
        if end - start < 2:
            continue
        around, far = indices[start:end], data[start:end]
        near = np.argpartition(far, _NEAREST)[:_NEAREST] if end - start > _NEAREST else np.arange(end - start)
        for at in near[far[near] < far.max()]:
            others = slice(indptr[around[at]], indptr[around[at] + 1])
            places = indices[others]
            best[places] = np.minimum(best[places], far[at] + data[others])
        keep[start:end] = best[around] >= far * _SLACK
        for at in near:
            best[indices[indptr[around[at]] : indptr[around[at] + 1]]] = np.inf
    rows = np.repeat(np.arange(n), np.diff(indptr))
    kept = sparse.csr_array((keep.astype(float), (rows, indices)), shape=distances.shape)
    both = kept.multiply(kept.T).tocsr()
    both.eliminate_zeros()
    return sparse.csr_array(distances.multiply(both))
