"""Core, periphery and communities of the projection."""

from __future__ import annotations

from dataclasses import dataclass

import networkit as nk
import networkx as nx
import numpy as np

from service.scores.arrays.graph import ArrayGraph
from service.scores.sides import Graph, Node, Values


def core(projection: Graph) -> Values:
    """The largest k for which a body is in the k-core: all its members have k partners in it (Seidman 1983).

    0 for an isolate; an empty graph gives an empty dict.
    """
    return {node: float(value) for node, value in nx.core_number(projection).items()}


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    core: tuple[Node, ...]
    fit: float | None
    """corr(A, D) over pairs: 1 where all ties touch the core and all core ties are there; None where not defined."""


def core_periphery(projection: ArrayGraph) -> CorePeriphery:
    """The core that makes corr(A, D) largest, D_ij = 1 if i or j is in the core (Borgatti & Everett 1999).

    Sought among the cores that hold the k bodies with most partners (Lip 2011). Not defined where nobody, or everybody,
    is tied with everybody.
    """
    n = len(projection)
    pairs = n * (n - 1) / 2
    degrees = projection.degrees
    edges = degrees.sum() / 2
    if not edges or edges == pairs:
        return CorePeriphery((), None)
    order = sorted(range(n), key=lambda i: (-degrees[i], str(projection.node_list[i])))
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    earlier = _earlier_neighbours(projection, place)
    covered = np.cumsum([degrees[i] - earlier[i] for i in order])
    k = np.arange(1, n + 1)
    ones = k * (k - 1) / 2 + k * (n - k)
    with np.errstate(divide="ignore", invalid="ignore"):
        fits = (pairs * covered - edges * ones) / np.sqrt(edges * (pairs - edges) * ones * (pairs - ones))
    fits[~np.isfinite(fits)] = -1
    best = int(np.argmax(np.round(fits, 12)))
    return CorePeriphery(tuple(projection.node_list[i] for i in order[: best + 1]), float(fits[best]))


def _earlier_neighbours(projection: ArrayGraph, place: np.ndarray) -> np.ndarray:
    """How many neighbours of each node stand before it in an order."""
    matrix = projection.matrix
    rows = np.repeat(np.arange(len(place)), np.diff(matrix.indptr))
    return np.bincount(rows[place[matrix.indices] < place[rows]], minlength=len(place))


@dataclass(frozen=True, slots=True)
class Communities:
    of: dict[Node, int]
    """The community of each body, the largest numbered 0, ties by the first name in it."""

    modularity: float | None


def communities(projection: ArrayGraph, resolution: float = 1.0) -> Communities:
    """Louvain with refinement on w (Blondel et al. 2008), one thread and a fixed seed; modularity beside it (Newman
    2006). None where there is no tie; an empty graph gives no community.
    """
    if not len(projection):
        return Communities({}, None)
    nk.setSeed(1, False)
    graph = projection.networkit(weighted=True)
    found = nk.community.PLM(graph, refine=True, gamma=resolution, par="none").run().getPartition()
    members: dict[int, list[Node]] = {}
    for node, label in zip(projection.node_list, found.getVector(), strict=True):
        members.setdefault(label, []).append(node)
    ordered = sorted(members.values(), key=lambda group: (-len(group), min(map(str, group))))
    of = {node: number for number, group in enumerate(ordered) for node in group}
    modularity = nk.community.Modularity().getQuality(found, graph) if projection.number_of_edges() else None
    return Communities(of, None if modularity is None else float(modularity))
