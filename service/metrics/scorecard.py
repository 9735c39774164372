"""The full set of scores of one network, computed once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scipy import sparse

from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.centrality import Sampled, brokerage, closeness, weighted_brokerage
from service.metrics.community import communities, core
from service.metrics.core_periphery import core_periphery
from service.metrics.degree import breadth, breadth_share, centralization, clustering, density, reach
from service.metrics.mixing import mixing, multiplexity
from service.metrics.projection import projection
from service.metrics.robustness import fragmentation, fragmentation_change, resilience
from service.metrics.structural_holes import constraint, effective_size, efficiency
from service.metrics.two_mode import Node, Values, tied

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Scores of every organisation that has a tie, and of the network that they form."""

    n: int
    m: int
    ties: int
    organisations: dict[str, Values]
    """Metric -> organisation -> value."""

    network: dict[str, float | None]
    communities: dict[Node, int]
    core: tuple[Node, ...]
    errors: dict[str, float] = field(default_factory=dict)
    """Of sampled metrics: the most by which a value is wrong, with probability 0.9."""


def compute(
    graph: TwoModeGraph, by_relation: Sequence[sparse.csr_array] = (), kind_of: Mapping[Node, str | None] | None = None
) -> Scorecard:
    """Every metric, of what is tied: a body without a tie has no score and moves nobody's. An empty network gives empty
    dicts and nulls.
    """
    graph = tied(graph)
    flat = projection(graph)
    between, weighted, near = brokerage(graph), weighted_brokerage(graph), closeness(graph)
    found = communities(flat)
    middle = core_periphery(flat)
    lasting = resilience(graph, flat)
    organisations = {
        "breadth": breadth(graph),
        "breadth_share": breadth_share(graph),
        "reach": reach(graph),
        "brokerage": between.values,
        "closeness": near.values,
        "weighted_brokerage": weighted.values,
        "constraint": constraint(flat),
        "effective_size": effective_size(flat),
        "efficiency": efficiency(flat),
        "core": core(flat),
        "fragmentation_change": fragmentation_change(graph),
    }
    network = {
        "density": density(graph),
        "centralization": centralization(flat),
        "clustering": clustering(graph),
        "core_periphery": middle.fit,
        "modularity": found.modularity,
        "fragmentation": fragmentation(flat),
        "resilience": lasting.value,
        "resilience_random": lasting.random,
        "multiplexity": multiplexity(by_relation),
        "mixing": mixing(flat, kind_of or {}),
    }
    return Scorecard(
        n=len(graph.top),
        m=len(graph.bottom),
        ties=int(graph.incidence.nnz),
        organisations={
            name: {node: _rounded(value) for node, value in each.items()} for name, each in organisations.items()
        },
        network={name: _rounded(value) for name, value in network.items()},
        communities=found.of,
        core=middle.core,
        errors=_errors({"brokerage": between, "weighted_brokerage": weighted, "closeness": near}),
    )


def _errors(sampled: Mapping[str, Sampled]) -> dict[str, float]:
    return {name: each.error for name, each in sampled.items() if each.error is not None}


def _rounded(value: float | None) -> float | None:
    """Twelve digits: beyond them a sum of floats depends on the order of its terms."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{_DIGITS}g}") + 0.0
