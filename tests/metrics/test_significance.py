"""Pairs that meet more than chance would have it: against every outcome counted, and published data."""

from __future__ import annotations

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.projection import two_mode
from service.metrics.significance import corrected, significance, tail, tie_chances


def network(rows: list[list[int]]) -> TwoModeGraph:
    matrix = np.array(rows, dtype=float)
    return TwoModeGraph(range(len(rows)), [f"t{k}" for k in range(matrix.shape[1])], sparse.csr_array(matrix))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), max_size=8), st.integers(0, 5))
def test_the_tail_is_the_sum_of_all_outcomes(chances: list[float], most: int) -> None:
    expected = np.zeros(most + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        likely = np.prod([c if came else 1 - c for c, came in zip(chances, outcome, strict=True)])
        expected[: min(sum(outcome), most) + 1] += likely
    assert tail(np.array(chances), most) == pytest.approx(expected, abs=1e-12)


def test_two_that_share_by_hand() -> None:
    """Four bodies in one of two things each, two and two: each tie has a chance of 1/2, each shared thing one of 1/4."""
    found = significance(network([[1, 0], [1, 0], [0, 1], [0, 1]]))
    assert list(zip(found.low.tolist(), found.high.tolist(), found.shared.tolist(), strict=True)) == [
        (0, 1, 1),
        (2, 3, 1),
    ]
    assert found.p == pytest.approx([1 - (3 / 4) ** 2] * 2)
    assert found.q == pytest.approx([1, 1])


def test_what_must_be_is_no_finding() -> None:
    """Who is in everything meets everybody for sure; nobody shares anything in an empty network."""
    assert significance(network([[1, 1, 1], [1, 1, 1], [1, 0, 0]])).p == pytest.approx([1, 1, 1])
    assert len(significance(TwoModeGraph([], [], sparse.csr_array((0, 0)))).p) == 0


def test_two_who_always_meet_among_many_are_found() -> None:
    rows = np.zeros((40, 60))
    rows[0, :6] = rows[1, :6] = 1
    rows[np.arange(2, 40), np.arange(2, 40) + 4] = 1
    rows[np.arange(2, 40), np.arange(2, 40) + 20] = 1
    found = significance(network(rows[:, rows.sum(axis=0) > 0].astype(int).tolist()))
    pair = next(k for k in range(len(found.p)) if (found.low[k], found.high[k]) == (0, 1))
    assert found.q[pair] < 0.05
    assert (np.delete(found.q, pair) > 0.05).all()


def test_chances_keep_the_sizes_of_davis() -> None:
    ties = two_mode(nx.davis_southern_women_graph()).incidence
    own, own_counts = np.unique(ties.sum(axis=1).astype(int), return_counts=True)
    of, of_counts = np.unique(ties.sum(axis=0).astype(int), return_counts=True)
    chances = tie_chances(own, own_counts, of, of_counts)
    assert chances @ of_counts == pytest.approx(own, abs=1e-7)
    assert own_counts @ chances == pytest.approx(of, abs=1e-7)


def test_davis_as_drawn_at_random() -> None:
    """The p values of the southern women are the shares of networks drawn tie by tie that share at least so much."""
    graph = two_mode(nx.davis_southern_women_graph())
    found = significance(graph)
    own, of = graph.incidence.sum(axis=1).astype(int), graph.incidence.sum(axis=0).astype(int)
    sizes, things = np.unique(own, return_counts=True), np.unique(of, return_counts=True)
    chances = tie_chances(*sizes, *things)[np.searchsorted(sizes[0], own)][:, np.searchsorted(things[0], of)]
    dice, draws = np.random.default_rng(1), 20_000
    reached = np.zeros(len(found.p))
    for _ in range(draws):
        drawn = (dice.random(chances.shape) < chances).astype(np.int64)
        reached += (drawn @ drawn.T)[found.low, found.high] >= found.shared
    assert found.p == pytest.approx(reached / draws, abs=0.02)


def test_benjamini_and_hochberg_by_hand() -> None:
    assert corrected(np.array([0.01, 0.04, 0.03]), 4) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3])
    assert corrected(np.array([]), 0).tolist() == []
    with pytest.raises(ValueError, match="2 p values of 1"):
        corrected(np.array([0.1, 0.2]), 1)
