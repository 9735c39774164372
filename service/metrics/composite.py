"""The composite collaboration score: the mean of named parts, each a percentile rank that is shown."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.errors import BadParameter
from service.metrics.two_mode import Node, Values

DEFAULT_WEIGHTS: Mapping[str, float] = {"breadth": 1.0, "reach": 1.0, "brokerage": 1.0, "core": 1.0}
"""Parts that are defined for every body. Closeness is not among them: most of it is how much is one or two steps away,
which breadth and reach say already; nor efficiency, which is 1 with one partner."""

DECIMALS = 12
"""To which values are compared: past them a sum of floats depends on the order of its terms."""


@dataclass(frozen=True, slots=True)
class Composite:
    value: float | None
    """0 to 100; None where no part is defined."""

    parts: dict[str, float | None]
    """The percentile rank of each part, 0 to 100."""


def percentile_ranks(values: Values) -> Values:
    """100 x how many have a value strictly below / (how many have a value - 1): of the others, those it is above.

    Values are compared at 12 decimals, so that equals get the same number. None without a value, and where fewer than
    two have one; an empty dict for an empty dict.
    """
    known = sorted(round(value, DECIMALS) for value in values.values() if value is not None)
    if len(known) < 2:
        return dict.fromkeys(values)
    return {
        node: None if value is None else 100 * bisect_left(known, round(value, DECIMALS)) / (len(known) - 1)
        for node, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body stands among those that have a value."""

    rank: int | None
    """1 for the highest, equals alike; None without a value."""

    of: int
    """How many have a value."""


def place(values: Values, node: Node) -> Place:
    """Where one stands among these values, compared at 12 decimals; without a rank where it is not among them."""
    known = [round(value, DECIMALS) for value in values.values() if value is not None]
    own = values.get(node)
    if own is None:
        return Place(None, len(known))
    return Place(1 + sum(value > round(own, DECIMALS) for value in known), len(known))


def composite(
    metrics: Mapping[str, Values], weights: Mapping[str, float], ranked: Iterable[Node]
) -> dict[Node, Composite]:
    """The weighted mean of the parts' percentile ranks among the ranked bodies, one for each of them.

    A part that is not defined for a body is left out of its mean.

    Raises BadParameter where a weight is unknown, negative or not finite, or all are zero.
    """
    check_weights(weights, metrics)
    nodes = list(ranked)
    ranks = {name: percentile_ranks({node: metrics[name].get(node) for node in nodes}) for name in weights}
    scores = {}
    for node in nodes:
        parts = {name: ranks[name].get(node) for name in weights}
        known = [(weights[name], rank) for name, rank in parts.items() if rank is not None and weights[name] > 0]
        total = sum(weight for weight, _ in known)
        scores[node] = Composite(sum(weight * rank for weight, rank in known) / total if total else None, parts)
    return scores


def check_weights(weights: Mapping[str, float], metrics: Mapping[str, object]) -> None:
    for name, weight in weights.items():
        if name not in metrics:
            raise BadParameter(f"weight: no part {name!r}; the parts are {', '.join(sorted(metrics))}")
        if not math.isfinite(weight) or weight < 0:
            raise BadParameter(f"weight: {name}={weight} is not a number from 0 up")
    if not any(weight > 0 for weight in weights.values()):
        raise BadParameter("weight: at least one part must weigh more than 0")
