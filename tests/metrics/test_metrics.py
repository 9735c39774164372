"""Metrics against published values, plain networkx, and small networks worked out by hand."""

from __future__ import annotations

import math
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from bench.networks import two_mode_network
from service.errors import BadParameter
from service.metrics.arrays.backend import _FUNCTIONS
from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.arrays.info import FUNCTIONS
from service.metrics.centrality import EXACT_TWO_MODE, brokerage, closeness, weighted_brokerage
from service.metrics.community import communities, core
from service.metrics.composite import Place, composite, percentile_ranks, place
from service.metrics.core_periphery import core_periphery
from service.metrics.degree import breadth, breadth_share, centralization, clustering, density, reach
from service.metrics.funding import concentration, leverage
from service.metrics.mixing import mixing, multiplexity
from service.metrics.projection import missing_links, pairs, projection, two_mode
from service.metrics.robustness import fragmentation, fragmentation_change, resilience
from service.metrics.scorecard import compute
from service.metrics.structural_holes import constraint, effective_size, efficiency

DAVIS = nx.davis_southern_women_graph()


def hand() -> nx.Graph:
    """Five bodies, three things: a, b, c share x; c, d share y; e alone has z."""
    graph = nx.Graph()
    graph.add_nodes_from("abcde", bipartite=0)
    graph.add_nodes_from("xyz", bipartite=1)
    graph.add_edges_from([("a", "x"), ("b", "x"), ("c", "x"), ("c", "y"), ("d", "y"), ("e", "z")])
    return graph


def made(n: int, m: int, ties: int, seed: int = 1) -> TwoModeGraph:
    dice = np.random.default_rng(seed)
    share = 1 / np.arange(1, m + 1) ** 0.8
    rows = np.repeat(np.arange(n), ties)
    columns = dice.choice(m, size=n * ties, p=share / share.sum())
    matrix = sparse.csr_array((np.ones(n * ties), (rows, columns)), shape=(n, m))
    matrix.sum_duplicates()
    matrix.data = np.ones_like(matrix.data)
    return TwoModeGraph([f"o{i}" for i in range(n)], [f"t{k}" for k in range(m)], matrix)


def plain_projection(graph: nx.Graph) -> nx.Graph:
    top = [node for node, side in graph.nodes(data="bipartite") if side == 0]
    return nx.bipartite.collaboration_weighted_projected_graph(graph, top)


def close(found: dict, expected: dict, tolerance: float = 1e-9) -> None:
    assert found.keys() == expected.keys()
    for node, value in expected.items():
        if value is None or (isinstance(value, float) and math.isnan(value)):
            assert found[node] is None
        else:
            assert found[node] == pytest.approx(value, abs=tolerance), node


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_breadth_and_reach_by_hand() -> None:
    assert breadth(hand()) == {"a": 1, "b": 1, "c": 2, "d": 1, "e": 1}
    close(breadth_share(hand()), {"a": 1 / 3, "b": 1 / 3, "c": 2 / 3, "d": 1 / 3, "e": 1 / 3})
    assert reach(hand()) == {"a": 0.5, "b": 0.5, "c": 0.75, "d": 0.25, "e": 0}
    assert density(hand()) == 6 / 15


def test_newman_strengths_by_hand() -> None:
    found = {(pair.a, pair.b): pair for pair in pairs(hand())}
    assert {ends: pair.strength for ends, pair in found.items()} == {
        ("c", "d"): 1,
        ("a", "b"): 0.5,
        ("a", "c"): 0.5,
        ("b", "c"): 0.5,
    }
    pair = found["a", "c"]
    assert (pair.shared, pair.jaccard, pair.overlap) == (1, 0.5, 1)
    assert pair.cosine == pytest.approx(1 / math.sqrt(2))


def test_holes_by_hand() -> None:
    network = projection(hand())
    assert effective_size(network) == {"a": 1, "b": 1, "c": 3 - 2 / 3, "d": 1, "e": None}
    assert efficiency(network)["c"] == pytest.approx(7 / 9)
    assert constraint(network)["e"] is None
    assert constraint(network)["d"] == pytest.approx(1)


def test_fragmentation_by_hand() -> None:
    assert fragmentation(projection(hand())) == 1 - 12 / 20
    change = fragmentation_change(hand())
    assert change["e"] == pytest.approx(0 - 0.4)
    assert change["c"] == pytest.approx((1 - 2 / 12) - 0.4)
    assert change["a"] == pytest.approx((1 - 6 / 12) - 0.4)


def test_missing_links_by_hand() -> None:
    assert [(link.a, link.b, link.index) for link in missing_links(hand())] == [
        ("a", "d", pytest.approx(1 / 3)),
        ("b", "d", pytest.approx(1 / 3)),
    ]


def test_clustering_by_hand() -> None:
    square = nx.Graph([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")])
    nx.set_node_attributes(square, {"a": 0, "b": 0, "x": 1, "y": 1}, "bipartite")
    assert clustering(square) == 1
    assert clustering(hand()) == 0


def test_money_by_hand() -> None:
    assert concentration({"a": 3, "b": 1}) == 0.625
    assert concentration({}) is None
    assert concentration({"a": 0}) is None
    assert leverage({"p": 10, "q": 5}, {"p": 30}) == 2
    assert leverage({"q": 5}, {}) is None


def test_mixing_by_hand() -> None:
    network = projection(hand())
    assert mixing(network, dict.fromkeys("abcde", "district")) == -1
    assert mixing(network, {"a": "x", "b": "y", "c": "z", "d": None, "e": "x"}) == 1
    assert mixing(network, {}) is None
    ties = two_mode(hand()).incidence
    assert multiplexity([ties, ties]) == 2
    assert multiplexity([sparse.csr_array((5, 3))]) is None


def test_resilience_of_a_star_and_of_a_clique() -> None:
    star = nx.Graph()
    star.add_nodes_from(range(6), bipartite=0)
    star.add_nodes_from("vwxyz", bipartite=1)
    star.add_edges_from([(0, t) for t in "vwxyz"] + [(i + 1, t) for i, t in enumerate("vwxyz")])
    assert resilience(star, projection(star)).value == pytest.approx((1 + 1 + 1 + 1 + 1) / 36)
    together = nx.complete_bipartite_graph(6, 1)
    assert resilience(together, projection(together)).value == pytest.approx((5 + 4 + 3 + 2 + 1) / 36)


def test_closeness_by_hand() -> None:
    """c is one step from x and y, two from a, b and d; no chain leads to e and z. The most is 3 + 4/2."""
    values = closeness(hand()).values
    assert values["c"] == pytest.approx((1 + 1 + 3 / 2) / 5)
    assert values["a"] == pytest.approx((1 + 2 / 2 + 1 / 3 + 1 / 4) / 5)
    assert values["e"] == pytest.approx(1 / 5)
    assert closeness(EDGES["two apart"]).values["a"] == pytest.approx((1 + 1 / 2) / 3.5), "0.71 it was, above others"
    assert set(closeness(EDGES["500 in one"]).values.values()) == {1}
    assert set(closeness(EDGES["all isolates"]).values.values()) == {0}


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 7)), max_size=40))
def test_closeness_as_walked_by_hand_is_never_above_one(ties: set[tuple[int, int]]) -> None:
    """Brute force: a walk outwards from each body, step by step. Pivots that are all nodes give it exactly."""
    graph = network(ties)
    neighbours: dict[str, set[str]] = {node: set() for node in (*graph.top, *graph.bottom)}
    for i, k in ties:
        neighbours[f"o{i}"].add(f"t{k}")
        neighbours[f"t{k}"].add(f"o{i}")
    expected = {}
    for node in graph.top:
        seen, edge, step, total = {node}, {node}, 0, 0.0
        while edge:
            total += len(edge) / step if step else 0
            edge = {other for each in edge for other in neighbours[each]} - seen
            seen |= edge
            step += 1
        expected[node] = total / (8 + 11 / 2)
        assert expected[node] <= 1
    close(closeness(graph).values, expected)
    close(closeness(graph, exact_up_to=0).values, expected)


@pytest.mark.parametrize("steps", [64, 65, 200])
def test_closeness_along_a_chain_of_any_length(steps: int) -> None:
    """Where walks together give way to walks one by one."""
    chain = nx.path_graph(steps + 1)
    close(nx.harmonic_centrality(chain, backend="arrays"), nx.harmonic_centrality(chain, backend="networkx"))


def test_closeness_of_more_bodies_than_walk_together() -> None:
    graph = made(2500, 900, 2, seed=9)
    found = nx.harmonic_centrality(graph)
    for node in ("o0", "o63", "o64", "o2047", "o2048", "o2499", "t0", "t899"):
        away = nx.single_source_shortest_path_length(graph.to_networkx(), node)
        assert found[node] == pytest.approx(sum(1 / steps for steps in away.values() if steps))


# --- published --------------------------------------------------------------------------------------------------------


def test_davis_southern_women() -> None:
    """Borgatti & Everett 1997, table 3 (normalised two-mode betweenness), via networkx's own test values."""
    assert density(DAVIS) == pytest.approx(89 / (18 * 14))
    values = brokerage(DAVIS).values
    published = {"Evelyn Jefferson": 0.10, "Theresa Anderson": 0.09, "Nora Fayette": 0.11, "Sylvia Avondale": 0.07}
    for name, value in published.items():
        assert values[name] == pytest.approx(value, abs=0.006)
    top = [node for node, side in DAVIS.nodes(data="bipartite") if side == 0]
    near = nx.bipartite.closeness_centrality(two_mode(DAVIS), top)
    assert near["Theresa Anderson"] == pytest.approx(0.80, abs=0.006)
    assert near["Flora Price"] == pytest.approx(0.59, abs=0.006)


def test_florentine_families() -> None:
    """Padgett & Ansell 1993: betweenness of the marriage network, Medici 0.522."""
    graph = nx.florentine_families_graph()
    found = nx.betweenness_centrality(graph, backend="arrays")
    assert found["Medici"] == pytest.approx(0.522, abs=0.001)
    close(found, nx.betweenness_centrality(graph, backend="networkx"))


def test_karate_club() -> None:
    """Zachary 1977: the 4-core of ten, and Burt's constraint lowest for the leaders."""
    graph = nx.karate_club_graph()
    assert sum(value == 4 for value in nx.core_number(graph, backend="arrays").values()) == 10
    found = nx.constraint(graph, weight=None, backend="arrays")
    close(found, nx.constraint(graph, weight=None, backend="networkx"))
    assert set(sorted(found, key=found.get)[:2]) == {0, 33}


# --- beside plain networkx --------------------------------------------------------------------------------------------

NETWORKS = [DAVIS, hand(), made(60, 25, 2).to_networkx(), made(80, 90, 3, seed=5).to_networkx()]


@pytest.mark.parametrize("graph", NETWORKS, ids=["davis", "hand", "dense", "sparse"])
def test_as_plain_networkx_has_it(graph: nx.Graph) -> None:
    arrays, plain = two_mode(graph), plain_projection(graph)
    top = list(arrays.top)
    network = projection(graph)
    expected = nx.bipartite.betweenness_centrality(graph, top)
    close(brokerage(arrays).values, {node: expected[node] for node in top})
    expected = nx.bipartite.closeness_centrality(graph, top)
    found = nx.bipartite.closeness_centrality(arrays, top)
    close({node: found[node] for node in top}, {node: expected[node] for node in top})
    most = len(arrays.bottom) + (len(top) - 1) / 2
    expected = nx.harmonic_centrality(graph, backend="networkx")
    close(closeness(arrays).values, {node: expected[node] / most for node in top})
    close(constraint(network), nx.constraint(plain, weight="weight"))
    close(effective_size(network), nx.effective_size(plain))
    close(core(network), nx.core_number(plain))
    for a, b, w in plain.edges(data="weight"):
        assert network.matrix[network.index[a], network.index[b]] == pytest.approx(w)
        plain[a][b]["distance"] = 1 / w
    assert network.number_of_edges() == plain.number_of_edges()
    close(weighted_brokerage(arrays).values, nx.betweenness_centrality(plain, weight="distance"), 1e-6)
    both = [(breadth, 0), (reach, 0), (fragmentation_change, 0)]
    for metric, _ in both:
        close(metric(arrays), metric(graph))
    before = fragmentation(plain)
    for node, change in fragmentation_change(graph).items():
        without = plain.copy()
        without.remove_node(node)
        assert change == pytest.approx(fragmentation(plain_projection(graph.subgraph(set(graph) - {node}))) - before)


def test_a_graph_changed_after_conversion_never_gives_a_stale_score() -> None:
    graph = nx.path_graph(4)
    nx.set_edge_attributes(graph, 1.0, "weight")
    before = nx.constraint(graph, weight="weight", backend="arrays")
    graph[0][1]["weight"] = 9.0
    after = nx.constraint(graph, weight="weight", backend="arrays")
    assert after != before
    close(after, nx.constraint(graph, weight="weight", backend="networkx"))
    with pytest.raises(ValueError, match="read-only"):
        two_mode(DAVIS).incidence.data[0] = 5


def test_networkx_is_told_of_every_function() -> None:
    assert set(FUNCTIONS) == set(_FUNCTIONS)


def test_sampling_stays_within_its_error() -> None:
    graph = made(1000, 350, 3)
    exact, sampled = brokerage(graph), brokerage(graph, exact_up_to=0, paths=20_000)
    assert sampled.error is not None
    assert max(abs(exact.values[n] - sampled.values[n]) for n in graph.top) <= sampled.error
    assert np.polyfit(list(exact.values.values()), list(sampled.values.values()), 1)[0] == pytest.approx(1, abs=0.1)
    exact, sampled = closeness(graph), closeness(graph, exact_up_to=0, pivots=200)
    assert sampled.error is not None
    assert max(abs(exact.values[n] - sampled.values[n]) for n in graph.top) <= sampled.error
    assert np.polyfit(list(exact.values.values()), list(sampled.values.values()), 1)[0] == pytest.approx(1, abs=0.1)
    small = made(300, 100, 3)
    exact, sampled = weighted_brokerage(small), weighted_brokerage(small, exact_up_to=0, error=0.02)
    assert max(abs(exact.values[n] - sampled.values[n]) for n in small.top) <= 0.02
    assert np.polyfit(list(exact.values.values()), list(sampled.values.values()), 1)[0] == pytest.approx(1, abs=0.1)


# --- what must hold of any network ------------------------------------------------------------------------------------

TIES = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 7)), max_size=40)


def network(ties: set[tuple[int, int]], order: random.Random | None = None) -> TwoModeGraph:
    top, bottom = [f"o{i}" for i in range(12)], [f"t{k}" for k in range(8)]
    if order:
        order.shuffle(top)
        order.shuffle(bottom)
    graph = nx.Graph()
    graph.add_nodes_from(top, bipartite=0)
    graph.add_nodes_from(bottom, bipartite=1)
    graph.add_edges_from((f"o{i}", f"t{k}") for i, k in ties)
    return two_mode(graph)


ALL = {
    "breadth": breadth,
    "reach": reach,
    "brokerage": lambda g: brokerage(g).values,
    "weighted brokerage": lambda g: weighted_brokerage(g).values,
    "closeness": lambda g: closeness(g).values,
    "constraint": lambda g: constraint(projection(g)),
    "efficiency": lambda g: efficiency(projection(g)),
    "core": lambda g: core(projection(g)),
    "fragmentation change": fragmentation_change,
}


@settings(max_examples=40, deadline=None)
@given(TIES)
def test_newman_strengths_add_up(ties: set[tuple[int, int]]) -> None:
    graph = network(ties)
    shared = graph.incidence[:, np.flatnonzero(graph.incidence.sum(axis=0) >= 2)].sum(axis=1)
    assert np.allclose(projection(graph).matrix.sum(axis=1), shared)


@settings(max_examples=25, deadline=None)
@given(TIES, st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(ties: set[tuple[int, int]], order: random.Random) -> None:
    one, other = network(ties), network(ties, order)
    for name, metric in ALL.items():
        first, second = metric(one), metric(other)
        for node in one.top:
            assert (first[node] is None) == (second[node] is None), name
            assert first[node] is None or first[node] == pytest.approx(second[node], abs=1e-9), name


@settings(max_examples=40, deadline=None)
@given(TIES)
def test_bounds(ties: set[tuple[int, int]]) -> None:
    graph = network(ties)
    for name in ("reach", "brokerage", "weighted brokerage", "closeness"):
        for value in ALL[name](graph).values():
            assert value is None or -1e-9 <= value <= 1 + 1e-9, name
    for metric in (
        density(graph),
        clustering(graph),
        centralization(projection(graph)),
        fragmentation(projection(graph)),
    ):
        assert metric is None or -1e-9 <= metric <= 1 + 1e-9
    lasting = resilience(graph, projection(graph))
    assert lasting.value is not None
    assert 0 <= lasting.value <= 0.5
    for metric in ALL.values():
        assert all(value is None or math.isfinite(value) for value in metric(graph).values())


@settings(max_examples=20, deadline=None)
@given(TIES)
def test_an_isolate_changes_no_ones_ties(ties: set[tuple[int, int]]) -> None:
    graph = network(ties)
    wider = TwoModeGraph(
        [*graph.top, "alone"],
        graph.bottom,
        sparse.csr_array(sparse.vstack([graph.incidence, sparse.csr_array((1, 8))])),
    )
    for metric in (ALL["constraint"], ALL["efficiency"], ALL["core"], breadth):
        before, after = metric(graph), metric(wider)
        assert {node: after[node] for node in graph.top} == pytest.approx(before)
    assert reach(wider)["alone"] == 0


@settings(max_examples=20, deadline=None)
@given(TIES, st.integers(1, 5), st.integers(0, 3))
def test_what_has_no_tie_moves_no_score_and_has_none(ties: set[tuple[int, int]], bodies: int, things: int) -> None:
    graph = network(ties)
    rows, columns = graph.incidence.shape
    wider = TwoModeGraph(
        [*(f"alone {i}" for i in range(bodies)), *graph.top],
        [*graph.bottom, *(f"nobody's {k}" for k in range(things))],
        sparse.csr_array(
            sparse.block_array(
                [[sparse.csr_array((bodies, columns)), None], [graph.incidence, sparse.csr_array((rows, things))]]
            )
            if things
            else sparse.vstack([sparse.csr_array((bodies, columns)), graph.incidence])
        ),
    )
    scores = compute(wider)
    assert scores == compute(graph)
    assert scores.n == len({i for i, _ in ties})
    assert scores.m == len({k for _, k in ties})
    assert all(set(values) == {f"o{i}" for i, _ in ties} for values in scores.organisations.values())


def test_exactness_goes_by_what_is_tied() -> None:
    graph = made(300, 100, 2)
    crowd = EXACT_TWO_MODE + 1
    wider = TwoModeGraph(
        [*graph.top, *(f"alone {i}" for i in range(crowd))],
        graph.bottom,
        sparse.csr_array(sparse.vstack([graph.incidence, sparse.csr_array((crowd, 100))])),
    )
    assert compute(wider).errors == {}


@settings(max_examples=30, deadline=None)
@given(TIES)
def test_a_body_that_leaves_changes_fragmentation_as_scored(ties: set[tuple[int, int]]) -> None:
    graph = network(ties)
    before = fragmentation(projection(graph))
    for i, (node, change) in enumerate(fragmentation_change(graph).items()):
        keep = [k for k in range(len(graph.top)) if k != i]
        without = TwoModeGraph([graph.top[k] for k in keep], graph.bottom, graph.incidence[keep])
        after = fragmentation(projection(without))
        if change is None:
            assert before is None or after is None
        else:
            assert change == pytest.approx(after - before), node


@settings(max_examples=20, deadline=None)
@given(TIES)
def test_the_same_network_gives_the_same_communities(ties: set[tuple[int, int]]) -> None:
    graph = network(ties)
    assert communities(projection(graph)) == communities(projection(network(ties)))


# --- the edges --------------------------------------------------------------------------------------------------------

EDGES = {
    "empty": TwoModeGraph([], [], sparse.csr_array((0, 0))),
    "one organisation": TwoModeGraph(["o"], [], sparse.csr_array((1, 0))),
    "one thing": TwoModeGraph([], ["t"], sparse.csr_array((0, 1))),
    "one of each": TwoModeGraph(["o"], ["t"], sparse.csr_array(np.ones((1, 1)))),
    "one in two": TwoModeGraph(["o"], ["t", "u"], sparse.csr_array(np.ones((1, 2)))),
    "all isolates": TwoModeGraph(["a", "b", "c"], ["t"], sparse.csr_array((3, 1))),
    "two apart": TwoModeGraph(list("abcd"), ["x", "y"], sparse.csr_array(np.array([[1, 0], [1, 0], [0, 1], [0, 1.0]]))),
    "a tie that weighs nothing": TwoModeGraph(
        ["a", "b"], ["t", "u"], sparse.csr_array((np.array([1.0, 0.0, 1.0]), ([0, 0, 1], [0, 1, 1])), shape=(2, 2))
    ),
    "500 in one": TwoModeGraph(range(500), ["t"], sparse.csr_array(np.ones((500, 1)))),
}


@pytest.mark.parametrize("graph", EDGES.values(), ids=EDGES.keys())
def test_edges_give_true_values_or_none(graph: TwoModeGraph) -> None:
    for name, metric in ALL.items():
        values = metric(graph)
        assert set(values) == set(graph.top), name
        assert all(value is None or math.isfinite(value) for value in values.values()), name
    flat = projection(graph)
    for value in (
        *(density(graph), clustering(graph), centralization(flat), fragmentation(flat), core_periphery(flat).fit),
        *(communities(flat).modularity, resilience(graph, flat).value),
    ):
        assert value is None or math.isfinite(value)
    assert all(math.isfinite(pair.strength) for pair in pairs(graph))
    missing_links(graph)
    compute(graph)


def test_a_tie_that_weighs_nothing_is_no_tie() -> None:
    network = EDGES["a tie that weighs nothing"]
    assert density(network) == 0.5
    assert breadth(network) == {"a": 1, "b": 1}
    assert len(pairs(network)) == 0
    plain = nx.Graph()
    plain.add_edge("a", "b", weight=0)
    plain.add_edge("b", "c", weight=1)
    assert constraint(plain) == {"a": None, "b": pytest.approx(1), "c": pytest.approx(1)}


def test_pairs_of_one_body_are_those_among_all() -> None:
    network = made(60, 30, 3)
    everyone, one = pairs(network), pairs(network, of="o7")
    assert list(one) == [pair for pair in everyone if "o7" in {pair.a, pair.b}]
    assert everyone[3:5] == list(everyone)[3:5]
    missing = [link for link in missing_links(network, 10_000) if "o7" in {link.a, link.b}]
    assert [(m.a, m.b, pytest.approx(m.index)) for m in missing] == [
        (m.a, m.b, m.index) for m in missing_links(network, 10_000, of="o7")
    ]


@pytest.mark.parametrize("n", [300, 5200])
def test_the_order_of_rows_does_not_matter_at_any_size(n: int) -> None:
    """Bit for bit, past the sizes at which metrics are sampled too: weighted betweenness at 2,000, betweenness at 5,000."""
    network = two_mode_network(n, largest=100)
    rows, columns = network.incidence.nonzero()
    turned = np.random.default_rng(7).permutation(len(rows))
    shuffled = sparse.csr_array((np.ones(len(rows)), (rows[turned], columns[turned])), shape=network.incidence.shape)
    assert compute(network) == compute(TwoModeGraph(network.top, network.bottom, shuffled))


def test_percentile_ranks() -> None:
    """100 x those strictly below / (those with a value - 1): 0 for the lowest, 100 for one that is above all others."""
    assert percentile_ranks({"a": 1, "b": 2, "c": 2, "d": None, "e": 3}) == {
        "a": 0,
        "b": pytest.approx(100 / 3),
        "c": pytest.approx(100 / 3),
        "d": None,
        "e": 100,
    }
    assert percentile_ranks({"a": 0.1 + 0.2, "b": 0.3, "c": 0.4}) == {"a": 0, "b": 0, "c": 100}, (
        "compared at 12 decimals"
    )
    assert percentile_ranks({"a": 1, "b": None}) == {"a": None, "b": None}, "nobody else has a value"
    assert percentile_ranks({}) == {}


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.integers(), st.one_of(st.none(), st.integers(-3, 3).map(float)), max_size=12))
def test_percentile_ranks_as_counted_one_by_one(values: dict[int, float | None]) -> None:
    known = [value for value in values.values() if value is not None]
    for node, rank in percentile_ranks(values).items():
        own = values[node]
        if own is None or len(known) < 2:
            assert rank is None
        else:
            assert rank == 100 * sum(value < own for value in known) / (len(known) - 1)


def test_a_place_is_one_more_than_those_above() -> None:
    values = {"a": 0.1 + 0.2, "b": 0.3, "c": 0.4, "d": None}
    assert [place(values, node) for node in "abcd"] == [Place(2, 3), Place(2, 3), Place(1, 3), Place(None, 3)]
    assert place(values, "somebody else") == Place(None, 3)


def test_the_composite_ranks_whom_it_is_told_to_rank() -> None:
    metrics = {"x": {"a": 1.0, "b": 2.0, "group": 9.0}, "y": {"a": None, "b": None, "group": 1.0}}
    scores = composite(metrics, {"x": 1, "y": 1}, ["a", "b", "without a tie"])
    assert (scores["b"].value, scores["b"].parts) == (100, {"x": 100, "y": None})
    assert scores["a"].value == 0
    assert scores["without a tie"].value is None
    assert "group" not in scores


def test_weights_that_are_none_are_refused() -> None:
    for weights in ({"z": 1.0}, {"x": 0.0}, {"x": -1.0}, {"x": math.nan}, {"x": math.inf}, {}):
        with pytest.raises(BadParameter):
            composite({"x": {"a": 1}}, weights, ["a"])
