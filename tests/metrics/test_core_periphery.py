"""The core that is found against every core there is, on small graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx
import numpy as np
import pytest
from networkx.generators.atlas import graph_atlas_g

from service.metrics.arrays.graph import ArrayGraph
from service.metrics.core_periphery import core_periphery

ATLAS = graph_atlas_g()
"""Every graph of up to seven nodes, up to isomorphism."""


def arrays(graph: nx.Graph) -> ArrayGraph:
    nodes = list(graph)
    return ArrayGraph(nodes, nx.to_scipy_sparse_array(graph, nodes, dtype=float))


def best_of_all(graph: nx.Graph) -> float | None:
    """The largest corr(A, D) over all cores, by numpy's own correlation; None where none is defined."""
    n = len(graph)
    one, other = np.triu_indices(n, 1)
    ties = nx.to_numpy_array(graph)[one, other]
    if not ties.any() or ties.all():
        return None
    cores = (np.arange(1, 2**n - 1)[:, None] >> np.arange(n) & 1).astype(bool)
    patterns = cores[:, one] | cores[:, other]
    patterns = patterns[~patterns.all(axis=1)]
    return float(max(np.corrcoef(ties, pattern)[0, 1] for pattern in np.unique(patterns, axis=0)))


def extended(graphs: Iterable[nx.Graph]) -> Iterator[nx.Graph]:
    """Each graph with one node more, tied with some of the others in every way there is."""
    for graph in graphs:
        for among in range(2 ** len(graph)):
            wider = graph.copy()
            wider.add_node(len(graph))
            wider.add_edges_from((len(graph), node) for node in range(len(graph)) if among >> node & 1)
            yield wider


def wrong(graphs: Iterable[nx.Graph]) -> list[list[tuple[int, int]]]:
    found = []
    for graph in graphs:
        expected, fit = best_of_all(graph), core_periphery(arrays(graph)).fit
        if (fit is None) != (expected is None) or (expected is not None and fit != pytest.approx(expected, abs=1e-9)):
            found.append(list(graph.edges))
    return found


def test_no_core_is_better_on_any_graph_of_up_to_six_nodes() -> None:
    assert wrong(graph for graph in ATLAS if 1 < len(graph) < 7) == []


def test_no_core_is_better_on_a_sample_of_seven_and_eight_nodes() -> None:
    dice = np.random.default_rng(1)
    seven = [graph for graph in ATLAS if len(graph) == 7]
    eight = []
    for place in dice.choice(len(seven), size=100, replace=False):
        wider = seven[place].copy()
        wider.add_edges_from((7, node) for node in range(7) if dice.random() < 0.5)
        eight.append(wider)
    assert wrong([seven[place] for place in dice.choice(len(seven), size=150, replace=False)]) == []
    assert wrong(eight) == []


@pytest.mark.slow
def test_no_core_is_better_on_any_graph_of_up_to_eight_nodes() -> None:
    seven = [graph for graph in ATLAS if len(graph) == 7]
    assert wrong(seven) == []
    assert wrong(extended(seven)) == []


def test_degree_order_alone_misses_the_core_of_two_pairs() -> None:
    """All four have one partner; the best core takes one of each pair: (6 * 2 - 2 * 5) / sqrt(2 * 4 * 5 * 1)."""
    found = core_periphery(arrays(nx.Graph([("a", "b"), ("c", "d")])))
    assert found.fit == pytest.approx(2 / 40**0.5)


def test_a_star_fits_perfectly_whatever_its_hub_is_called() -> None:
    graph = nx.relabel_nodes(nx.star_graph(5), {0: "z", 1: "a", 2: "b", 3: "c", 4: "d", 5: "e"})
    found = core_periphery(arrays(graph))
    assert (found.core, found.fit) == (("z",), pytest.approx(1))


def test_nobody_or_everybody_tied_has_no_core() -> None:
    for graph in (nx.empty_graph(1), nx.empty_graph(4), nx.complete_graph(4)):
        assert core_periphery(arrays(graph)).fit is None


def test_the_fit_belongs_to_the_core_that_is_told() -> None:
    graph = nx.karate_club_graph()
    found = core_periphery(arrays(graph))
    one, other = np.triu_indices(len(graph), 1)
    inside = np.isin(list(graph), found.core)
    ties = nx.to_numpy_array(graph, weight=None)[one, other]
    assert found.fit == pytest.approx(np.corrcoef(ties, inside[one] | inside[other])[0, 1])
