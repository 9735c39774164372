"""The full set of scores of one network, computed once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scipy import sparse

from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.centrality import Sampled
from service.metrics.community import communities
from service.metrics.core_periphery import core_periphery
from service.metrics.metric import Subject
from service.metrics.registry import METRICS, NETWORK_METRICS, ORGANISATION_METRICS
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
    """Every metric of the registry, of what is tied: a body without a tie has no score and moves nobody's.

    An empty network gives empty dicts and nulls.
    """
    graph = tied(graph)
    subject = Subject(graph, by_relation, kind_of or {})
    functions = {each.function: each.arguments for each in METRICS.values() if each.level != "money"}
    found = {function: function(*takes(subject)) for function, takes in functions.items()}  # once for several metrics
    values = {
        name: METRICS[name].read(found[METRICS[name].function]) for name in (*ORGANISATION_METRICS, *NETWORK_METRICS)
    }
    errors = {name: each.error for name, each in values.items() if isinstance(each, Sampled) and each.error is not None}
    organisations = {name: _values(values[name]) for name in ORGANISATION_METRICS}
    return Scorecard(
        n=len(graph.top),
        m=len(graph.bottom),
        ties=int(graph.incidence.nnz),
        organisations={
            name: {node: _rounded(value) for node, value in each.items()} for name, each in organisations.items()
        },
        network={name: _rounded(values[name]) for name in NETWORK_METRICS},
        communities=found[communities].of,
        core=found[core_periphery].core,
        errors=errors,
    )


def _values(found: Values | Sampled) -> Values:
    return found.values if isinstance(found, Sampled) else found


def _rounded(value: float | None) -> float | None:
    """Twelve digits: beyond them a sum of floats depends on the order of its terms."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{_DIGITS}g}") + 0.0
