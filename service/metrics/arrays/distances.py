"""How many nodes are how many steps away, from every node at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.metrics.arrays.graph import ArrayGraph, Ints

_WORDS = 32
"""Words of 64 starts that walk together: what they hold stays near the processor."""

_MOST_STEPS = 64

Words = NDArray[np.uint64]


def at_distance(graph: ArrayGraph) -> list[Ints] | None:
    """For each number of steps from one up, how many nodes are just so far from each node.

    Breadth-first walks from 64 starts a word, a bit each, whose steps all are one OR over the neighbours (Then et al.
    2014): a node counts the bits that come to it, since a distance is the same both ways. An empty graph gives an
    empty list. None where somebody is more than 64 steps away: along such chains walks one by one are quicker.
    """
    tied = np.flatnonzero(graph.degrees)
    starts, neighbours = graph.matrix.indptr[tied], graph.matrix.indices
    counts: list[Ints] = []
    for first in range(0, len(graph), 64 * _WORDS):
        here = np.arange(first, min(first + 64 * _WORDS, len(graph)))
        seen = np.zeros((len(graph), _WORDS), dtype=np.uint64)
        seen[here, (here - first) // 64] = np.uint64(1) << (here % 64).astype(np.uint64)
        edge, step = seen.copy(), 0
        while True:
            new: Words = (
                np.bitwise_or.reduceat(edge[neighbours], starts, axis=0) & ~seen[tied] if len(tied) else seen[tied]
            )
            came = np.bitwise_count(new).sum(axis=1, dtype=np.int64)
            if not came.any():
                break
            if step == _MOST_STEPS:
                return None
            if step == len(counts):
                counts.append(np.zeros(len(graph), dtype=np.int64))
            counts[step][tied] += came
            seen[tied] |= new
            edge[tied] = new
            step += 1
    return counts
