"""Structural holes: how far a body's partners are partners of each other."""

from __future__ import annotations

import math

import networkx as nx

from service.metrics.metric import ALONE, NEWMAN, metric
from service.metrics.two_mode import Graph, Node, Values, degree_of, strength_of


@metric(
    "organisation",
    70,
    "How far its partners are each other's partners too: low is free to broker.",
    definition="sum_j (p_ij + sum_q p_iq p_qj)^2",
    citation="Burt 1992",
    undefined=ALONE,
    projection="one-mode",
    weight=NEWMAN,
)
def constraint(projection: Graph) -> Values:
    """sum_j (p_ij + sum_q p_iq p_qj)^2 with p_ij = w_ij / sum_j w_ij (Burt 1992).

    Low where partners do not know each other; can exceed 1. None for isolates and for bodies whose ties all weigh
    nothing, whose p_ij are not defined; an empty graph gives an empty dict.
    """
    values = _defined(nx.constraint(projection, weight="weight"))
    strengths = dict(zip(projection, strength_of(projection), strict=True))
    return {node: value if strengths[node] > 0 else None for node, value in values.items()}


@metric(
    "organisation",
    80,
    "How many separate circles its partners form.",
    definition="N - 2t/N",
    citation="Borgatti 1997",
    undefined=ALONE,
    projection="one-mode",
)
def effective_size(projection: Graph) -> Values:
    """N - 2t/N for N partners with t ties among them (Borgatti 1997, unweighted). None for isolates."""
    return _defined(nx.effective_size(projection))


@metric(
    "organisation",
    90,
    "Which share of its partners it could not reach through the others.",
    definition="effective size / N",
    citation="Burt 1992",
    undefined=ALONE,
    projection="one-mode",
)
def efficiency(projection: Graph) -> Values:
    """Effective size / N: 1 where no partners know each other (Burt 1992). None for isolates."""
    degrees = dict(zip(projection, degree_of(projection), strict=True))
    sizes = effective_size(projection)
    return {node: None if size is None else size / degrees[node] for node, size in sizes.items()}


def _defined(values: dict[Node, float]) -> Values:
    return {node: None if math.isnan(value) else float(value) for node, value in values.items()}
