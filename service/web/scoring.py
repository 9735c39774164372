"""Scores by revision and scope: computed once, beside the requests, and kept until the graph changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

import numpy as np
from scipy import sparse

from service.graph.store import Store
from service.queries.ties import Body, Scope, Tie, Ties, read_ties
from service.scores.arrays.graph import TwoModeGraph
from service.scores.board import Board, compute
from service.scores.composite import Composite, composite, percentile_ranks
from service.scores.metrics import METRICS, VERSION
from service.scores.sides import Node, Values

_SMALL = 300
"""Organisations up to which a thread of this process is quicker than another process."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A network under a scope, with its scores."""

    scope: Scope
    graph: TwoModeGraph
    bodies: Mapping[str, Body]
    ties: Mapping[str, tuple[Tie, ...]]
    """The ties of each organisation."""

    board: Board
    revision: str
    _worked_out: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Ranks and totals of a large network, each worked out once."""

    def percentiles(self, metric: str) -> Values:
        """The percentile rank of every body by one metric."""
        if metric not in self._worked_out:
            self._worked_out[metric] = percentile_ranks(self.board.organisations[metric])
        ranks: Values = self._worked_out[metric]
        return ranks

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
            "n": self.board.n,
            "m": self.board.m,
            "as_of": self.scope.filters.as_of,
            "error": self.board.errors.get(metric),
        }

    def collaboration(self, weights: Mapping[str, float]) -> dict[Node, Composite]:
        """The composite score over the organisations that the scope ranks. Raises BadParameter for bad weights."""
        key = tuple(sorted(weights.items()))
        if key not in self._worked_out:
            self._worked_out[key] = self._composite(weights)
        scores: dict[Node, Composite] = self._worked_out[key]
        return scores

    def _composite(self, weights: Mapping[str, float]) -> dict[Node, Composite]:
        ranked = [
            body for body in self.graph.top if not self.scope.kinds or self.bodies[str(body)].kind in self.scope.kinds
        ]
        metrics = {name: {node: each[node] for node in ranked} for name, each in self.board.organisations.items()}
        return composite(metrics, weights)


class Scoring:
    """Computes scores, each once for a revision and scope, however many ask at the same time."""

    def __init__(self, store: Store, *, kept: int = 8) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[str, Scope], asyncio.Task[Scored]] = OrderedDict()
        self._size = kept
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def scored(self, scope: Scope, revision: str) -> Scored:
        key = (revision, scope)
        task = self._kept.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.ensure_future(self._score(scope))
            self._kept[key] = task
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return await asyncio.shield(task)

    async def what_if(self, scope: Scope, change: Callable[[Ties], Ties]) -> Scored:
        """The scores of a changed copy of the network. They are not kept."""
        return await self._of_ties(scope, change(await read_ties(self._store, scope)))

    async def _score(self, scope: Scope) -> Scored:
        return await self._of_ties(scope, await read_ties(self._store, scope))

    async def _of_ties(self, scope: Scope, ties: Ties) -> Scored:
        graph, by_relation = await asyncio.to_thread(network, ties)
        kinds: dict[Node, str | None] = {body.id: body.tier or body.kind for body in ties.bodies}
        if len(graph.top) <= _SMALL:
            board = await asyncio.to_thread(compute, graph, by_relation, kinds)
        else:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            board = await asyncio.get_running_loop().run_in_executor(self._pool, compute, graph, by_relation, kinds)
        by_body: dict[str, list[Tie]] = {}
        for tie in ties.ties:
            by_body.setdefault(tie.organisation, []).append(tie)
        bodies = {body.id: body for body in ties.bodies}
        return Scored(scope, graph, bodies, {key: tuple(each) for key, each in by_body.items()}, board, ties.revision)


def network(ties: Ties) -> tuple[TwoModeGraph, list[sparse.csr_array]]:
    """The two-mode network of some ties, straight into arrays, and one incidence matrix a relation.

    A partnership is an organisation and a thing: the node of the thing is `thing:<id>`.
    """
    top = sorted(body.id for body in ties.bodies)
    bottom = sorted({tie.thing for tie in ties.ties})
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
