"""Shortest paths between pairs of nodes drawn at random, each by a search from both its ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.metrics.arrays.graph import ArrayGraph, Floats, Ints

_CELLS = 2_000_000
"""Nodes times pairs that are searched side by side: more leaves the processor's cache."""

_SIDE_BY_SIDE = 64
"""Pairs that are searched side by side at least, however large the graph."""


def passages(graph: ArrayGraph, paths: int, seed: int) -> Ints:
    """How many of `paths` shortest paths lead through each node, their ends left out (Riondato & Kornaropoulos 2016).

    Two ends are drawn uniformly from the pairs that a path joins, then one of their shortest paths, uniformly; the two
    searches meet in the middle (Borassi & Natale 2019). A share of the paths is therefore an unbiased estimate of
    betweenness over the joined pairs. Weights are not looked at. All 0 where no pair is joined.

    networkit's KadabraBetweenness is not used: up to 11.2.2 it counts the samples that it was calibrated on without
    dividing by them, and chooses among the predecessors of a node without their numbers of paths.
    """
    component = graph.component_of
    sizes = np.bincount(component, minlength=1)
    found = np.zeros(len(graph), dtype=np.int64)
    if sizes.max() < 2:
        return found
    dice = np.random.default_rng(seed)
    members = np.argsort(component, kind="stable")
    place = np.empty(len(graph), dtype=np.int64)
    place[members] = np.arange(len(graph))
    first_of = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    partners = np.cumsum(sizes[component] - 1)
    search = _Search(graph, max(_SIDE_BY_SIDE, _CELLS // len(graph)), dice)
    for start in range(0, paths, search.most):
        count = min(search.most, paths - start)
        one = np.searchsorted(partners, dice.integers(partners[-1], size=count), side="right")
        other = first_of[component[one]] + dice.integers(sizes[component[one]] - 1)
        other += other >= place[one]  # anyone of the component but the first
        found += search.passages(one, members[other])
    return found


class _Search:
    """Breadth-first searches for many pairs at once. A cell is one node in the search for one pair."""

    def __init__(self, graph: ArrayGraph, most: int, dice: np.random.Generator) -> None:
        self.most = most
        self._size = len(graph)
        self._dice = dice
        self._indptr = graph.matrix.indptr.astype(np.int64)
        self._indices = graph.matrix.indices.astype(np.int64)
        self._depth = np.zeros(most * self._size, dtype=np.int32)
        """1 at the first end of a pair and 2 at its neighbours; -1, -2, ... from the other end; 0 where not seen."""
        self._ways = np.zeros(most * self._size)
        """Shortest paths to a cell from the end that it was seen from."""
        self._writer = np.zeros(most * self._size, dtype=np.int32)

    def passages(self, one: Ints, other: Ints) -> Ints:
        """Draws a shortest path for each pair and counts its inner nodes."""
        pairs = np.arange(len(one))
        front = np.concatenate([pairs * self._size + one, pairs * self._size + other])
        self._depth[front] = np.repeat([1, -1], len(one))
        self._ways[front] = 1
        seen, crossings = [front], []
        while len(front):
            turn = self._cheaper_side(front, len(one))
            fresh, crossing = self._step(front[turn])
            seen.append(fresh)
            crossings.append(crossing)
            searching = np.ones(len(one), dtype=bool)
            searching[crossing[0] // self._size] = False
            front = np.concatenate([front[~turn], fresh])
            front = front[searching[front // self._size]]
        here = np.concatenate([ends[0] for ends in crossings])
        there = np.concatenate([ends[1] for ends in crossings])
        found = self._walk_back(here, there, len(one))
        for cells in seen:
            self._depth[cells] = 0
            self._ways[cells] = 0
        return found

    def _cheaper_side(self, front: Ints, pairs: int) -> NDArray[np.bool_]:
        """Which cells of the front go on: for each pair those of the end that has fewer neighbours to look at."""
        pair, node = np.divmod(front, self._size)
        side = np.sign(self._depth[front])
        work = side * (self._indptr[node + 1] - self._indptr[node])
        return np.asarray(np.where(np.bincount(pair, work, minlength=pairs) <= 0, 1, -1)[pair] == side)

    def _step(self, cells: Ints) -> tuple[Ints, tuple[Ints, Ints]]:
        """The cells that are first seen from these, and the edges that cross to the search from the other end."""
        origin, near = self._neighbours(cells)
        here = cells[origin]
        met = self._depth[near] * np.sign(self._depth[here])
        crossing, new = met < 0, met == 0
        fresh, via = near[new], here[new]
        np.add.at(self._ways, fresh, self._ways[via])
        order = np.arange(len(fresh), dtype=np.int32)
        self._writer[fresh] = order  # the last to write a cell stands for it
        once = self._writer[fresh] == order
        fresh, via = fresh[once], via[once]
        self._depth[fresh] = self._depth[via] + np.sign(self._depth[via])
        return fresh, (here[crossing], near[crossing])

    def _walk_back(self, here: Ints, there: Ints, pairs: int) -> Ints:
        """Follows one path of each pair from the edge where its searches met to both its ends."""
        order = np.argsort(here // self._size, kind="stable")
        here, there = here[order], there[order]
        chosen = self._choose(here // self._size, self._ways[here] * self._ways[there], pairs)
        walkers = np.concatenate([here[chosen], there[chosen]])
        found = np.zeros(self._size, dtype=np.int64)
        while len(walkers := walkers[np.abs(self._depth[walkers]) > 1]):
            found += np.bincount(walkers % self._size, minlength=self._size)
            origin, near = self._neighbours(walkers)
            depth = self._depth[walkers][origin]
            before = self._depth[near] == depth - np.sign(depth)
            origin, near = origin[before], near[before]
            walkers = near[self._choose(origin, self._ways[near], len(walkers))]
        return found

    def _neighbours(self, cells: Ints) -> tuple[Ints, Ints]:
        """The neighbours of each cell in its own search, and from which of the cells."""
        node = cells % self._size
        counts = self._indptr[node + 1] - self._indptr[node]
        origin = np.repeat(np.arange(len(cells)), counts)
        shift = self._indptr[node] - np.cumsum(counts) + counts
        return origin, (cells - node)[origin] + self._indices[np.arange(len(origin)) + shift[origin]]

    def _choose(self, group: Ints, weight: Floats, groups: int) -> Ints:
        """One place of each group, by weight. Groups are numbered from 0, stand in order, and none is empty."""
        upto = np.cumsum(weight)
        last = np.searchsorted(group, np.arange(groups), side="right") - 1
        first = np.concatenate([[0], last[:-1] + 1])
        below = upto[first] - weight[first]
        drawn = below + self._dice.random(groups) * (upto[last] - below)
        return np.asarray(np.clip(np.searchsorted(upto, drawn, side="right"), first, last))
