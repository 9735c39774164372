"""Who stands between others, and who is near to all."""

from __future__ import annotations

from dataclasses import dataclass

import networkit as nk
import networkx as nx
import numpy as np
from numpy.typing import NDArray

from service.metrics.arrays.graph import ArrayGraph, TwoModeGraph
from service.metrics.arrays.path_sampling import passages
from service.metrics.arrays.shortcuts import without_detours
from service.metrics.metric import NEWMAN, metric
from service.metrics.projection import projection, two_mode
from service.metrics.sampling import most_error
from service.metrics.two_mode import Graph, Values, named, organisations, things

EXACT_TWO_MODE = 5_000
"""Organisations up to which two-mode betweenness is exact: some 20 s there on one core, growing by the square."""

EXACT_PROJECTION = 2_000
"""Organisations up to which betweenness on the weighted projection is exact: that network is dense."""

COARSE_PROJECTION = 20_000
"""Organisations past which the weighted projection is so dense that it is sampled to twice the error."""

EXACT_CLOSENESS = 20_000
"""Organisations up to which closeness is exact: some 10 s there on one core, growing by the square."""

PATHS = 200_000
"""Shortest paths that are drawn for two-mode betweenness past that: some 10 s at 10,000 organisations."""

_PIVOTS = 512


@dataclass(frozen=True, slots=True)
class Sampled:
    """Values and, where they were sampled, the most by which one is wrong with probability CONFIDENCE."""

    values: Values
    error: float | None = None


@metric(
    "organisation",
    40,
    "How often the shortest chain between others leads through it.",
    definition="two-mode betweenness, of the most that its side can have",
    citation="Borgatti & Everett 1997; Brandes 2001; where sampled: Riondato & Kornaropoulos 2016, "
    "Borassi & Natale 2019, Hoeffding 1963",
    undefined="nobody could stand between others here",
    projection="two-mode",
)
def brokerage(graph: Graph, *, exact_up_to: int = EXACT_TWO_MODE, paths: int = PATHS, seed: int = 1) -> Sampled:
    """Two-mode betweenness: the share of shortest paths through an organisation, of the most that its side can have
    (Borgatti & Everett 1997; Brandes 2001).

    Past `exact_up_to` organisations it is the share of so many shortest paths drawn at random (Riondato & Kornaropoulos
    2016, each found from both ends as Borassi & Natale 2019 do), with an error that holds for all of them at once
    (Hoeffding 1963). Empty for an empty graph; None where nobody could stand between.
    """
    top, m = organisations(graph), len(things(graph))
    if not top or not m or not _most(len(top), m):
        return Sampled(dict.fromkeys(top))
    if len(top) <= exact_up_to:
        arrays: Graph = two_mode(graph)
        values = nx.bipartite.betweenness_centrality(arrays, top)
        return Sampled({node: values[node] for node in top})
    network = two_mode(graph)
    shares = passages(network, paths, seed)[: len(top)] / paths
    sizes = np.bincount(network.component_of).astype(float)
    scale = float((sizes * (sizes - 1)).sum() / 2) / _most(len(top), m)
    return Sampled(named(top, np.minimum(shares * scale, 1)), most_error(shares, paths) * scale)


def _most(n: int, m: int) -> float:
    s, t = divmod(n - 1, m)
    return (m**2 * (s + 1) ** 2 + m * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


@metric(
    "organisation",
    60,
    "How often the strongest chain between others leads through it.",
    definition="betweenness on the projection, distance 1/w, of the pairs of others",
    citation="Brandes 2001; Newman 2001; where sampled: Riondato & Kornaropoulos 2016, Hoeffding 1963",
    undefined="there are fewer than three bodies",
    projection="one-mode",
    weight=NEWMAN,
    arguments=lambda subject: (subject.graph,),
)
def weighted_brokerage(
    graph: Graph, *, exact_up_to: int = EXACT_PROJECTION, error: float = 0.1, seed: int = 1
) -> Sampled:
    """Betweenness on the projection with distance 1/w, of the pairs of others (Brandes 2001).

    Past `exact_up_to` organisations it is sampled (Riondato & Kornaropoulos 2016) to within `error`, or twice that past
    COARSE_PROJECTION; the error that the sample then shows (Hoeffding 1963) is smaller. None for fewer than three
    organisations.
    """
    network: ArrayGraph = projection(graph)
    n = len(network)
    if n < 3:
        return Sampled(dict.fromkeys(network.node_list))
    lengths = network.matrix.copy()
    lengths.data = 1 / lengths.data
    distances = ArrayGraph(network.node_list, without_detours(lengths)).networkit(weighted=True)
    if n <= exact_up_to:
        found = np.asarray(nk.centrality.Betweenness(distances).run().scores()) / 2
        return Sampled(named(network.node_list, found * 2 / ((n - 1) * (n - 2))))
    if np.bincount(network.component_of).max() < 3:  # nobody stands between two: nothing is drawn
        return Sampled(dict.fromkeys(network.node_list, 0.0), 0.0)
    nk.setSeed(seed, False)
    sampler = nk.centrality.ApproxBetweenness(distances, error * (2 if n > COARSE_PROJECTION else 1), 0.1).run()
    shares = np.asarray(sampler.scores())
    scale = n / (n - 2)  # of the pairs of others, not of all pairs
    values = np.minimum(shares * scale, 1)
    return Sampled(named(network.node_list, values), most_error(shares, sampler.numberOfSamples()) * scale)


@metric(
    "organisation",
    50,
    "How near it is to all others by chains of shared things.",
    definition="harmonic closeness: sum of 1/distance to all other bodies and things / (m + (n - 1)/2)",
    citation="Boldi & Vigna 2014; where sampled: Eppstein & Wang 2004, Hoeffding 1963",
    undefined="there is nothing to be near to",
    projection="two-mode",
)
def closeness(graph: Graph, *, exact_up_to: int = EXACT_CLOSENESS, pivots: int = _PIVOTS, seed: int = 1) -> Sampled:
    """Harmonic closeness on the two-mode graph: the sum of 1/distance to all other bodies and things, 0 where no chain
    leads, of the most that there could be (Boldi & Vigna 2014).

    The most is m + (n - 1)/2: a body that takes part in all m things is one step from each and two from every other
    body. So it is 1 for such a body and never above, whatever the components. 0 for an isolate; None where either side
    is empty.

    Past `exact_up_to` organisations what is one or two steps away is counted, and the rest is estimated from distances
    to pivots (as Eppstein & Wang 2004 do for closeness); the error holds for all bodies at once with probability 0.9
    (Hoeffding 1963).
    """
    top, m = organisations(graph), len(things(graph))
    if not top or not m:
        return Sampled(dict.fromkeys(top))
    most = m + (len(top) - 1) / 2
    if len(top) > exact_up_to:
        return _sampled_closeness(two_mode(graph), most, pivots, seed)
    sums = nx.harmonic_centrality(graph)
    return Sampled({node: sums[node] / most for node in top})


def _sampled_closeness(network: TwoModeGraph, most: float, pivots: int, seed: int) -> Sampled:
    """Pivots are drawn in the largest component; the others are small and are computed exactly."""
    n, size = len(network.top), len(network)
    component = network.component_of
    sizes = np.bincount(component)
    largest = int(np.argmax(sizes))
    inside = np.flatnonzero(component == largest)
    dice = np.random.default_rng(seed)
    chosen = dice.choice(inside, size=min(pivots, len(inside)), replace=False)
    held = network.networkit()
    total = np.zeros(size)
    for start in range(0, len(chosen), 64):
        part = nk.distance.SPSP(held, chosen[start : start + 64].tolist()).run()
        total += _inverse(np.asarray(part.getDistances(), dtype=float), size, nearest=3).sum(axis=0)
    shares = total[:n] / len(chosen)  # each inverse is 0 or from 0 to 1/3
    near = network.degrees[:n] + network.projection.degrees / 2
    sums = near + shares * len(inside)
    for node in np.flatnonzero((component[:n] != largest) & (sizes[component[:n]] > 1)):
        hops = np.asarray(nk.distance.BFS(held, int(node), False).run().getDistances(False), dtype=float)
        sums[node] = _inverse(hops, size, nearest=1).sum()
    within = shares[component[:n] == largest]
    error = 0.0 if len(chosen) == len(inside) else most_error(3 * within, len(chosen)) * len(inside) / 3
    return Sampled(named(network.top, np.minimum(sums / most, 1)), error / most)


def _inverse(distances: NDArray[np.float64], size: int, *, nearest: int) -> NDArray[np.float64]:
    """1/distance where it is at least `nearest`; 0 where it is less, or where there is no chain."""
    told = (distances >= nearest) & (distances <= size)
    return np.divide(1.0, distances, out=np.zeros_like(distances), where=told)
