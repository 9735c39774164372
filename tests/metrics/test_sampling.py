"""Sampled metrics keep the error that they state: on stars, stars of stars, paths and heavy tails, with several seeds."""

from __future__ import annotations

import math
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from bench.networks import two_mode_network
from service.metrics.arrays.graph import ArrayGraph, TwoModeGraph
from service.metrics.arrays.path_sampling import passages
from service.metrics.centrality import Sampled, brokerage, closeness, weighted_brokerage
from service.metrics.projection import two_mode
from service.metrics.sampling import CONFIDENCE, most_error

SEEDS = range(1, 6)


def shared_by(*things: tuple[int, ...]) -> TwoModeGraph:
    """A two-mode network from the members of each thing."""
    graph = nx.Graph()
    graph.add_nodes_from((f"o{i}" for i in sorted({i for members in things for i in members})), bipartite=0)
    graph.add_nodes_from((f"t{k}" for k in range(len(things))), bipartite=1)
    graph.add_edges_from((f"o{i}", f"t{k}") for k, members in enumerate(things) for i in members)
    return two_mode(graph)


NETWORKS = {
    "star": shared_by(*((0, i) for i in range(1, 80))),
    "star of stars": shared_by(
        *((0, i) for i in range(1, 9)), *((i, 10 * i + k) for i in range(1, 9) for k in range(9))
    ),
    "path": shared_by(*((i, i + 1) for i in range(60))),
    "two apart": shared_by(*((0, i) for i in range(1, 30)), *((100 + i, 101 + i) for i in range(40))),
    "heavy tail": two_mode_network(300, largest=60, seed=3),
    "heavier tail": two_mode_network(200, ties=2, largest=100, seed=4),
}
METRICS: dict[str, tuple[Callable[[TwoModeGraph], Sampled], Callable[[TwoModeGraph, int], Sampled], float]] = {
    "brokerage": (brokerage, lambda g, seed: brokerage(g, exact_up_to=0, paths=4000, seed=seed), 0.1),
    "weighted brokerage": (
        weighted_brokerage,
        lambda g, seed: weighted_brokerage(g, exact_up_to=0, error=0.1, seed=seed),
        0.1,
    ),
    "closeness": (closeness, lambda g, seed: closeness(g, exact_up_to=0, pivots=50, seed=seed), 0.2),
}


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("name", NETWORKS)
def test_the_stated_error_holds(metric: str, name: str) -> None:
    exactly, sample, loosest = METRICS[metric]
    graph = NETWORKS[name]
    exact = exactly(graph).values
    held = 0
    for seed in SEEDS:
        sampled = sample(graph, seed)
        assert sampled.error is not None
        assert sampled.error <= loosest, "an error that says little would always hold"
        values = np.array([sampled.values[node] for node in graph.top])
        assert values.max() <= 1
        held += bool(np.abs(values - [exact[node] for node in graph.top]).max() <= sampled.error)
    assert held >= CONFIDENCE * len(SEEDS)


def test_the_mean_of_samples_is_the_exact_value() -> None:
    """One per cent too much would be seen: the hub of a star stands between all others."""
    graph = NETWORKS["star"]
    draws = 40_000
    share = passages(graph, draws, seed=1)[graph.top.index("o0")] / draws
    size, leaves = len(graph), len(graph.bottom)
    pairs = size * (size - 1) / 2
    not_by_it = (size - 1) + leaves  # the pairs that it is one of, and each thing with its other member
    assert share == pytest.approx(1 - not_by_it / pairs, abs=0.003)


def test_paths_are_drawn_evenly_where_ways_of_unequal_number_meet() -> None:
    """From s five ways lead to p and one to q, and both lead on to x: five of six paths from s pass p."""
    graph = nx.Graph([("s", "a"), ("s", "b"), ("b", "j"), ("j", "q"), ("q", "x"), ("p", "x"), ("x", "end")])
    graph.add_edges_from(edge for i in range(5) for edge in (("a", i), (i, "p")))
    graph.add_edges_from(("s", f"leaf {i}") for i in range(20))
    graph.add_edges_from(("end", f"last {i}") for i in range(20))
    nodes = list(graph)
    arrays = ArrayGraph(nodes, nx.to_scipy_sparse_array(graph, nodes))
    exact = nx.betweenness_centrality(graph, backend="networkx")
    draws = 40_000
    share = passages(arrays, draws, seed=1) / draws
    scale = len(nodes) / (len(nodes) - 2)
    for node in ("p", "q", "x", "s", 0):
        assert share[nodes.index(node)] * scale == pytest.approx(exact[node], abs=0.01), node


def test_no_path_and_no_pair_give_nothing() -> None:
    assert not len(passages(ArrayGraph([], nx.to_scipy_sparse_array(nx.empty_graph(1))[:0, :0]), 10, 1))
    apart = ArrayGraph([1, 2], nx.to_scipy_sparse_array(nx.empty_graph(2), dtype=float))
    assert passages(apart, 10, 1).tolist() == [0, 0]


def test_the_error_by_hand() -> None:
    """Of a share of 0 or 1 the bound is solved by hand: (1 - p)^samples = (1 - CONFIDENCE) / 2."""
    expected = 1 - ((1 - CONFIDENCE) / 2) ** (1 / 50)
    assert most_error(np.array([0.0]), 50) == pytest.approx(expected)
    assert most_error(np.array([1.0]), 50) == pytest.approx(expected)
    assert most_error(np.array([0.5]), 5000) == pytest.approx(math.sqrt(math.log(20) / 10_000), rel=0.01)
    assert most_error(np.array([]), 5) == 0
    with pytest.raises(ValueError, match="without a sample"):
        most_error(np.array([0.5]), 0)
