"""Scores by revision and scope: computed once, beside the requests, and kept until the graph changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
from scipy import sparse

from service.graph.revisions import pinned
from service.graph.store import Store
from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.composite import Composite, composite, percentile_ranks
from service.metrics.registry import METRICS, VERSION
from service.metrics.scorecard import Scorecard, compute
from service.metrics.two_mode import Node, Values
from service.network.ties import Body, Scope, Tie, Ties, read_ties
from service.runtime.workers import Workers

T = TypeVar("T")

NO_TIE = "it has no tie in this scope"

_SMALL = 300
"""Organisations up to which a thread of this process is quicker than another process."""

_LARGE = 3000
"""Organisations from which scores may take minutes."""


@dataclass(frozen=True, slots=True)
class Network:
    """Who is tied to what under a scope."""

    scope: Scope
    graph: TwoModeGraph
    """Of what is tied."""

    by_relation: list[sparse.csr_array] = field(compare=False, repr=False)
    bodies: Mapping[str, Body]
    """All of them, tied or not."""

    ties: Mapping[str, tuple[Tie, ...]]
    """The ties of each organisation."""

    revision: str

    @property
    def without_a_tie(self) -> int:
        """Bodies that have no score, since they take part in nothing under this scope."""
        return len(self.bodies) - len(self.graph.top)


@dataclass(frozen=True, slots=True)
class Scored(Network):
    """A network with its scores."""

    scorecard: Scorecard
    _worked_out: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Ranks and totals of a large network, each worked out once."""

    def ranking(self) -> Set[str]:
        """The bodies that the scope ranks, tied or not."""
        return {body: None for body, about in self.bodies.items() if self.scope.why_unranked(about) is None}.keys()

    def ranked(self, metric: str) -> Values:
        """Their values by one metric."""
        values = self.scorecard.organisations[metric]
        return {body: values.get(body) for body in self.ranking()}

    def percentiles(self, metric: str) -> Values:
        """The percentile rank by one metric of every body that the scope ranks."""
        if metric not in self._worked_out:
            self._worked_out[metric] = percentile_ranks(self.ranked(metric))
        ranks: Values = self._worked_out[metric]
        return ranks

    def why_null(self, metric: str, body: str) -> str:
        """The reason given where a body has no value."""
        return METRICS[metric].undefined if body in self.scorecard.organisations[metric] else NO_TIE

    def why_no_percentile(self, metric: str, body: str) -> str | None:
        """Why a body has no percentile rank; None for one that has."""
        if self.percentiles(metric).get(body) is not None:
            return None
        if self.scorecard.organisations[metric].get(body) is None:
            return self.why_null(metric, body)
        return self.scope.why_unranked(self.bodies[body]) or "fewer than two bodies that rank have a value"

    def why_no_collaboration(self, body: str, weights: Mapping[str, float]) -> str | None:
        """Why a body has no collaboration score; None for one that has."""
        total = self.collaboration(weights).get(body)
        if total is not None and total.value is not None:
            return None
        reasons = (self.why_no_percentile(metric, body) for metric, weight in weights.items() if weight > 0)
        return next(reason for reason in reasons if reason is not None)

    def account(self, metric: str) -> dict[str, Any]:
        """What a value of this metric rests on."""
        about = METRICS[metric]
        return {
            "metric": metric,
            "says": about.says,
            "definition": about.definition,
            "citation": about.citation,
            "version": VERSION,
            "projection": about.projection,
            "weight": about.weight,
            "n": self.scorecard.n,
            "m": self.scorecard.m,
            "as_of": self.scope.filters.as_of,
            "error": self.scorecard.errors.get(metric),
        }

    def collaboration(self, weights: Mapping[str, float]) -> dict[Node, Composite]:
        """The composite score over the organisations that the scope ranks. Raises BadParameter for bad weights."""
        key = tuple(sorted(weights.items()))
        if key not in self._worked_out:
            self._worked_out[key] = composite(self.scorecard.organisations, weights, self.ranking())
        scores: dict[Node, Composite] = self._worked_out[key]
        return scores


class Scoring:
    """Computes scores, each once for a revision and scope, however many ask at the same time."""

    def __init__(self, store: Store, *, kept: int = 8) -> None:
        self._store = store
        self._networks = _Kept[Network](kept)
        self._scored = _Kept[Scored](kept)
        self._workers = Workers()

    def close(self) -> None:
        self._workers.close()

    async def network(self, scope: Scope, revision: str) -> Network:
        """The network alone: of a hundred thousand bodies it is there in seconds, their scores take minutes.

        Raises GraphChanged where the graph is past that revision.
        """

        async def read() -> Network:
            return await self.changed(scope, revision, lambda ties: ties)

        return await self._networks.get((revision, scope), read)

    async def changed(self, scope: Scope, revision: str, change: Callable[[Ties], Ties]) -> Network:
        """A changed copy of the network. It is not kept."""
        with pinned(revision):
            ties = await read_ties(self._store, scope)
        return await asyncio.to_thread(lambda: _network(scope, change(ties)))

    async def scored(self, scope: Scope, revision: str) -> Scored:
        """The network with its scores. Who needs more of the graph reads it before: here minutes may pass."""

        async def score() -> Scored:
            return await self.score(await self.network(scope, revision))

        return await self._scored.get((revision, scope), score)

    async def score(self, network: Network) -> Scored:
        """A network's scores. Raises ComputationStopped where the process that computes them is killed twice."""
        kinds: dict[Node, str | None] = {body.id: body.tier or body.kind for body in network.bodies.values()}
        n, size = network, len(network.graph.top)
        if size <= _SMALL:
            scorecard = await asyncio.to_thread(compute, n.graph, n.by_relation, kinds)
        else:
            scorecard = await self._workers.run(compute, n.graph, n.by_relation, kinds, large=size >= _LARGE)
        return Scored(n.scope, n.graph, n.by_relation, n.bodies, n.ties, n.revision, scorecard)


class _Kept(Generic[T]):
    """The last few results, each made once while it is kept, for whoever asks meanwhile too."""

    def __init__(self, size: int) -> None:
        self._tasks: OrderedDict[tuple[str, Scope], asyncio.Task[T]] = OrderedDict()
        self._size = size

    async def get(self, key: tuple[str, Scope], make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        task = self._tasks.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._tasks[key] = asyncio.create_task(make())
            while len(self._tasks) > self._size:
                self._tasks.popitem(last=False)
        return await asyncio.shield(task)


def _network(scope: Scope, ties: Ties) -> Network:
    graph, by_relation = network(ties)
    by_body: dict[str, list[Tie]] = {}
    for tie in ties.ties:
        by_body.setdefault(tie.organisation, []).append(tie)
    bodies = {body.id: body for body in ties.bodies}
    return Network(
        scope, graph, by_relation, bodies, {key: tuple(each) for key, each in by_body.items()}, ties.revision
    )


def network(ties: Ties) -> tuple[TwoModeGraph, list[sparse.csr_array]]:
    """The two-mode network of some ties, straight into arrays, and one incidence matrix a relation. Only what is tied.

    A partnership is an organisation and a thing: the node of the thing is `thing:<id>`.
    """
    known = {body.id for body in ties.bodies}
    top = sorted({tie.organisation for tie in ties.ties} & known)
    bottom = sorted({tie.thing for tie in ties.ties if tie.organisation in known})
    row = {each: i for i, each in enumerate(top)}
    column = {each: k for k, each in enumerate(bottom)}
    shape = (len(top), len(bottom))

    def matrix(chosen: list[Tie]) -> sparse.csr_array:
        ends = sorted({(row[tie.organisation], column[tie.thing]) for tie in chosen if tie.organisation in row})
        rows, columns = (np.array([end[side] for end in ends], dtype=np.int64) for side in (0, 1))
        return sparse.csr_array((np.ones(len(ends)), (rows, columns)), shape=shape)

    relations = sorted({tie.relation for tie in ties.ties})
    by_relation = [matrix([tie for tie in ties.ties if tie.relation == relation]) for relation in relations]
    return TwoModeGraph(top, [f"thing:{each}" for each in bottom], matrix(list(ties.ties))), by_relation
