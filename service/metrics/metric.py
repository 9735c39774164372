"""What a metric is: a decorated function with its name, its definition, its source, and when it is not defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from scipy import sparse

from service.metrics.arrays.graph import ArrayGraph, TwoModeGraph

Level = Literal["organisation", "network", "money"]
Projection = Literal["two-mode", "one-mode", "none"]
F = TypeVar("F", bound=Callable[..., Any])

NEWMAN = "w_ij = sum_k b_ik b_jk / (d_k - 1)"
ALONE = "it shares nothing with another body"


@dataclass(frozen=True, slots=True)
class Subject:
    """What metrics are computed from."""

    graph: TwoModeGraph
    by_relation: Sequence[sparse.csr_array] = ()
    """The incidence matrix of each relation."""

    kind_of: Mapping[Any, str | None] = field(default_factory=dict)

    @property
    def flat(self) -> ArrayGraph:
        """The projection on organisations."""
        return self.graph.projection


@dataclass(frozen=True, slots=True)
class Metric:
    name: str
    level: Level
    order: int
    """Where it stands among those of its level, in tables, columns and files."""

    says: str
    """What a high value means, in one sentence."""

    definition: str
    citation: str
    projection: Projection
    weight: str | None
    undefined: str
    """The reason given where the value is null."""

    function: Callable[..., Any] = field(repr=False, compare=False)
    arguments: Callable[[Subject], tuple[Any, ...]] = field(repr=False, compare=False)
    """What the function takes of a network."""

    read: Callable[[Any], Any] = field(repr=False, compare=False)
    """The metric in what the function gives, which may hold several."""


KNOWN: dict[str, Metric] = {}
"""Metrics by name, as far as the modules that hold them have been imported; the registry imports all."""

_ARGUMENTS: dict[Projection, Callable[[Subject], tuple[Any, ...]]] = {
    "two-mode": lambda subject: (subject.graph,),
    "one-mode": lambda subject: (subject.flat,),
    "none": lambda subject: (),
}


def _itself(found: Any) -> Any:
    return found


def metric(
    level: Level,
    order: int,
    says: str,
    *,
    definition: str,
    citation: str,
    undefined: str,
    projection: Projection,
    weight: str | None = None,
    name: str | None = None,
    arguments: Callable[[Subject], tuple[Any, ...]] | None = None,
    read: Callable[[Any], Any] = _itself,
) -> Callable[[F], F]:
    """Makes a function a metric, under its own name unless `name` is another; the function stays as it is.

    It is given the two-mode network or the projection, as `projection` says, unless `arguments` picks something else.
    Raises ValueError for a name that another function has already.
    """

    def known(function: F) -> F:
        named = name or function.__name__
        if named in KNOWN:
            raise ValueError(f"two metrics are called {named!r}")
        takes = arguments or _ARGUMENTS[projection]
        KNOWN[named] = Metric(
            named, level, order, says, definition, citation, projection, weight, undefined, function, takes, read
        )
        return function

    return known
