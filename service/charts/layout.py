"""Where the nodes of a network stand: the same network gives the same picture, its parts packed side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

Point = tuple[float, float]

_SPACE = 95.0
"""Room for each node, in pixels, its label included: the area of a part grows with the number of its nodes."""

_GAP = 40.0
_BESIDE = 130.0
"""Room for the labels of a part of one or two nodes, which stand beside them."""

_SHAPE = 1.5
"""How much wider than high the whole is."""


def positions(graph: nx.Graph[str], radius: Mapping[str, float]) -> dict[str, Point]:
    """Places from (0, 0) to the right and down, nodes apart by their radii; an empty graph gives none.

    Each connected part is laid out by forces (Fruchterman & Reingold 1991) from a start that its nodes' names give, and
    the parts are packed on shelves, the largest first.
    """
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    return _packed([_part(nx.Graph(graph.subgraph(part)), part, radius) for part in parts])


def _part(graph: nx.Graph[str], nodes: Sequence[str], radius: Mapping[str, float]) -> dict[str, Point]:
    if len(nodes) < 3:
        places = np.array([(0.0, 50.0 * i) for i in range(len(nodes))])  # one below the other, labels beside
    else:
        index = {node: i for i, node in enumerate(nodes)}
        edges = np.array(sorted(sorted((index[one], index[other])) for one, other in graph.edges if one != other))
        places = forces(len(nodes), edges, 300 if len(nodes) < 300 else 120)
        places = places * (_SPACE * math.sqrt(len(nodes)) / max(np.ptp(places, axis=0).mean(), 1e-9))
        if np.ptp(places[:, 1]) > np.ptp(places[:, 0]):
            places = places[:, ::-1]
    places = _apart(places, np.array([radius[node] for node in nodes]))
    places = places - places.min(axis=0)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, places, strict=True)}


def forces(n: int, edges: np.ndarray, iterations: int) -> np.ndarray:
    """Places by forces, (n, 2), as networkx's spring_layout gives them, in products of whole matrices.

    Each node is pushed from every other by k^2/d and drawn along its edges by d^2/k, its steps ever shorter. networkx
    goes node by node from five hundred on, which takes twelve seconds for a thousand.
    """
    k = 1.6 / math.sqrt(n)
    places: np.ndarray = np.random.RandomState(1).rand(n, 2)
    heat = 0.1 * float(np.ptp(places, axis=0).max())
    cooling = heat / (iterations + 1)
    ends = np.concatenate([edges, edges[:, ::-1]])
    for _ in range(iterations):
        squares = (places**2).sum(axis=1)
        apart = np.maximum(squares[:, None] + squares[None, :] - 2 * places @ places.T, 1e-4)
        push = k * k / apart
        drawn = np.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T) / k
        pull = sparse.csr_array((drawn, (ends[:, 0], ends[:, 1])), shape=(n, n))
        weight = push.sum(axis=1) - np.asarray(pull.sum(axis=1)).ravel()
        step = weight[:, None] * places - push @ places + pull @ places
        length = np.maximum(np.hypot(*step.T), 0.01)
        moved = step * (heat / length)[:, None]
        places = places + moved
        heat -= cooling
        if np.linalg.norm(moved) / n < 1e-4:
            break
    return places


def _apart(places: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Push nodes that overlap away from one another, until none does or enough was tried."""
    places = places.astype(float)
    reach = 2 * float(radii.max()) + 6
    for _ in range(60):
        pairs = cKDTree(places).query_pairs(reach, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs[:, 0], pairs[:, 1]
        between = places[other] - places[one]
        distance = np.hypot(between[:, 0], between[:, 1])
        lacking = radii[one] + radii[other] + 6 - distance
        close = lacking > 0.1
        if not close.any():
            break
        one, other, between = one[close], other[close], between[close]
        distance, lacking = distance[close], lacking[close]
        still = distance < 1e-6
        between[still] = (1.0, 0.0)
        distance[still] = 1.0
        push = between / distance[:, None] * (lacking / 2)[:, None]
        np.add.at(places, one, -push)
        np.add.at(places, other, push)
    return places


def _packed(parts: Sequence[Mapping[str, Point]]) -> dict[str, Point]:
    """The parts on shelves from the top down, as wide as makes the whole a little wider than high."""
    sizes = [
        (
            max(x for x, _ in part.values()) + (_GAP if len(part) > 2 else _GAP + _BESIDE),
            max(y for _, y in part.values()) + _GAP,
        )
        for part in parts
    ]
    area = sum(width * height for width, height in sizes)
    wide = max([math.sqrt(area * _SHAPE), *(width for width, _ in sizes)], default=0.0)
    found: dict[str, Point] = {}
    x = y = shelf = 0.0
    for part, (width, height) in zip(parts, sizes, strict=True):
        if x and x + width > wide:
            x, y, shelf = 0.0, y + shelf, 0.0
        found |= {node: (x + px, y + py) for node, (px, py) in part.items()}
        x, shelf = x + width, max(shelf, height)
    return found
