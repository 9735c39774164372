"""What the network loses when bodies leave it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import networkx as nx
import numpy as np

from service.metrics.arrays.graph import ArrayGraph
from service.metrics.metric import metric
from service.metrics.two_mode import Graph, Values, incidence, organisations


@metric(
    "network",
    60,
    "Which share of pairs no chain joins.",
    definition="1 - sum_c s_c (s_c - 1) / (n (n - 1))",
    citation="Borgatti 2006",
    undefined="there are fewer than two bodies",
    projection="one-mode",
)
def fragmentation(projection: Graph) -> float | None:
    """1 - sum_c s_c (s_c - 1) / (n (n - 1)): the share of pairs that no chain joins (Borgatti 2006).

    0 where all are joined, 1 where nobody is; None for fewer than two organisations.
    """
    sizes = [len(component) for component in nx.connected_components(projection)]
    return _fragmentation(sizes, sum(sizes))


def _fragmentation(sizes: Sequence[int], n: int) -> float | None:
    return 1 - sum(size * (size - 1) for size in sizes) / (n * (n - 1)) if n > 1 else None


@metric(
    "organisation",
    110,
    "How much the network would fall apart if it left.",
    definition="fragmentation without it - fragmentation",
    citation="Borgatti 2006",
    undefined="there are fewer than three bodies",
    projection="two-mode",
)
def fragmentation_change(graph: Graph) -> Values:
    """How much fragmentation grows when an organisation leaves (Borgatti 2006): one walk finds what hangs on each.

    None for fewer than three organisations. A negative change means that the one who left was apart itself.
    """
    nodes = organisations(graph)
    n = len(nodes)
    if n < 3:
        return dict.fromkeys(nodes)
    ties = incidence(graph)
    whole, parts = _parts(ties, n)
    total = sum(size * (size - 1) for size in whole.values())
    before = 1 - total / (n * (n - 1))
    values: Values = {}
    for i, node in enumerate(nodes):
        own = whole[parts[i][0]]
        left = total - own * (own - 1) + sum(size * (size - 1) for size in parts[i][1])
        values[node] = 1 - left / ((n - 1) * (n - 2)) - before
    return values


def _parts(ties: object, n: int) -> tuple[dict[int, int], list[tuple[int, list[int]]]]:
    """Organisations in each component, and for each organisation its component and the sizes that it would fall into.

    Tarjan's low points (1972) on the two-mode network, counting organisations only, without recursion.
    """
    rows, columns = ties.tocsr(), ties.tocsc()  # type: ignore[attr-defined]
    size = n + columns.shape[1]
    entered, low, below = [-1] * size, [0] * size, [0] * size
    parts: list[tuple[int, list[int]]] = [(-1, []) for _ in range(n)]
    whole: dict[int, int] = {}
    clock = 0

    def neighbours(node: int) -> list[int]:
        if node < n:
            return [n + int(k) for k in rows.indices[rows.indptr[node] : rows.indptr[node + 1]]]
        return [int(i) for i in columns.indices[columns.indptr[node - n] : columns.indptr[node - n + 1]]]

    for root in range(n):
        if entered[root] >= 0:
            continue
        members = [root]
        entered[root] = low[root] = clock
        clock += 1
        below[root] = 1
        stack = [(root, -1, iter(neighbours(root)))]
        while stack:
            node, parent, rest = stack[-1]
            for other in rest:
                if other == parent:
                    continue
                if entered[other] >= 0:
                    low[node] = min(low[node], entered[other])
                    continue
                entered[other] = low[other] = clock
                clock += 1
                below[other] = int(other < n)
                if other < n:
                    members.append(other)
                stack.append((other, node, iter(neighbours(other))))
                break
            else:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[node])
                    below[parent] += below[node]
                    if parent < n and low[node] >= entered[parent]:
                        parts[parent][1].append(below[node])
        whole[root] = below[root]
        for member in members:
            cut = parts[member][1]
            rest_size = below[root] - 1 - sum(cut)
            parts[member] = (root, cut + [rest_size] * (rest_size > 0))
    return whole, parts


@dataclass(frozen=True, slots=True)
class Resilience:
    value: float | None
    random: float | None
    """The mean over random orders, as a baseline."""


@metric(
    "network",
    70,
    "How much holds together while the best connected leave.",
    definition="R = (1/n) sum S(q), ranked again after each",
    citation="Schneider et al. 2011",
    undefined="there are fewer than two bodies",
    projection="two-mode",
    arguments=lambda subject: (subject.graph, subject.flat),
    read=attrgetter("value"),
)
@metric(
    "network",
    80,
    "The same when bodies leave at random: the baseline.",
    name="resilience_random",
    definition="R over random orders",
    citation="Schneider et al. 2011",
    undefined="there are fewer than two bodies",
    projection="two-mode",
    arguments=lambda subject: (subject.graph, subject.flat),
    read=attrgetter("random"),
)
def resilience(graph: Graph, projection: ArrayGraph, *, baselines: int = 10) -> Resilience:
    """R = (1/n) sum_Q S(Q): the mean share of organisations in the largest component while they are removed one by one,
    each time the one with most partners left (Schneider et al. 2011), ties by name; beside removal at random.

    At most 0.5; None for fewer than two organisations.
    """
    nodes = organisations(graph)
    n = len(nodes)
    if n < 2:
        return Resilience(None, None)
    order = _attack(projection)
    ties = incidence(graph)
    dice = random.Random(1)
    chance = []
    for _ in range(baselines):
        shuffled = list(range(n))
        dice.shuffle(shuffled)
        chance.append(_survival(ties, shuffled))
    return Resilience(_survival(ties, order), float(np.mean(chance)))


def _attack(projection: ArrayGraph) -> list[int]:
    """The order of removal by most partners left; equals go in the order of their names."""
    n = len(projection)
    by_name = sorted(range(n), key=lambda i: str(projection.node_list[i]))
    left = projection.degrees[by_name].astype(float)
    place = np.empty(n, dtype=np.int64)
    place[by_name] = np.arange(n)
    matrix, order = projection.matrix, []
    for _ in range(n):
        first = int(np.argmax(left))
        node = by_name[first]
        order.append(node)
        left[place[matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]]] -= 1
        left[first] = -np.inf
    return order


def _survival(ties: object, order: Sequence[int]) -> float:
    """Mean share in the largest component after each removal, found by adding them again from the last."""
    rows = ties.tocsr()  # type: ignore[attr-defined]
    n, m = rows.shape
    indptr, indices = rows.indptr.tolist(), rows.indices.tolist()
    parent, size = list(range(n + m)), [1] * n + [0] * m
    largest = total = 0
    for node in reversed(order):
        total += largest
        root = node
        for k in indices[indptr[node] : indptr[node + 1]]:
            other = n + k
            while parent[other] != other:
                parent[other] = parent[parent[other]]
                other = parent[other]
            if other != root:
                if size[other] > size[root]:
                    root, other = other, root
                parent[other] = root
                size[root] += size[other]
        largest = max(largest, size[root])
    return float(total / (n * n))
