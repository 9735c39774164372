"""The composite collaboration score: the mean of named parts, each a percentile rank that is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from service.errors import BadParameter
from service.metrics.two_mode import Node, Values

DEFAULT_WEIGHTS: Mapping[str, float] = {"breadth": 1.0, "reach": 1.0, "brokerage": 1.0, "core": 1.0}
"""Parts that are defined for every body. Closeness is not among them: most of it is how much is one or two steps away,
which breadth and reach say already; nor efficiency, which is 1 with one partner."""


@dataclass(frozen=True, slots=True)
class Composite:
    value: float | None
    """0 to 100; None where no part is defined."""

    parts: dict[str, float | None]
    """The percentile rank of each part, 0 to 100."""


def percentile_ranks(values: Values) -> Values:
    """100 (below + half of the equals) / n, over the bodies for which the value is defined; ties share their rank."""
    known = sorted(round(value, 12) for value in values.values() if value is not None)
    n = len(known)
    first: dict[float, int] = {}
    count: dict[float, int] = {}
    for place, value in enumerate(known):
        first.setdefault(value, place)
        count[value] = count.get(value, 0) + 1
    ranks: Values = {}
    for node, given in values.items():
        key = None if given is None else round(given, 12)
        ranks[node] = None if key is None else 100 * (first[key] + count[key] / 2) / n
    return ranks


def composite(metrics: Mapping[str, Values], weights: Mapping[str, float]) -> dict[Node, Composite]:
    """The weighted mean of the parts' percentile ranks; a part that is not defined for a body is left out of its mean.

    Raises BadParameter where a weight is unknown, negative or not finite, or all are zero.
    """
    check_weights(weights, metrics)
    ranks = {name: percentile_ranks(metrics[name]) for name in weights}
    nodes = next(iter(metrics.values()), {})
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
