"""Runs what is let through: a few at a time, read-only, with limits, and stopped where nobody waits any more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from service.errors import BadParameter, Busy, QueryTimeout
from service.graph.cypher_parameters import ParameterLine, parameter_line
from service.graph.plan import Plan
from service.graph.store import Store
from service.sandbox.lexical_checks import check_text
from service.sandbox.plan_checks import check_plan
from service.sandbox.values import kind_of

_GRACE = 3
"""Seconds after Neo4j's own time limit until a row that does not come is given up."""

_WAITING = 16
"""Statements that may wait for their turn; more are turned away."""


@dataclass(slots=True)
class Passing:
    """A statement that passes through: its rows come as they are read."""

    columns: tuple[str, ...]
    rows: AsyncIterator[list[Any]]
    plan: Plan
    limit: int
    kinds: list[set[str]] = field(default_factory=list)
    """The types seen in each column so far."""

    truncated: bool = False
    seconds: float = 0.0

    @property
    def types(self) -> list[str]:
        """The types seen in each column, joined where there are several; Null where nothing but nulls was."""
        return [" | ".join(sorted(kinds - {"Null"})) or "Null" for kinds in self.kinds]


class Sandbox:
    """The way in for analysts' Cypher."""

    def __init__(self, store: Store, *, at_once: int = 4, timeout: float = 10) -> None:
        self._store = store
        self._turns = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._timeout = timeout

    @asynccontextmanager
    async def passing(
        self, statement: str, parameters: Mapping[str, Any], *, limit: int, plan_only: bool = False
    ) -> AsyncIterator[Passing]:
        """Let a statement through and give its rows, at most `limit` of them.

        Raises NotReadOnly for what does more than read, QueryFailed where Neo4j does not understand it, QueryTimeout
        where it takes too long or too much memory, Busy where too many wait. Whoever leaves early stops it on the
        server too. Parameters that are not given are those of the statement's own `// :param` line; BadParameter says
        what is wrong with that line.
        """
        examples = parameter_line(statement)
        if examples is None:
            check_text(statement, parameters)
        if self._waiting >= _WAITING:
            raise Busy(f"{_WAITING} statements wait already; try again in a moment")
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            if examples is not None:
                parameters = await self._examples(examples) | dict(parameters)
                check_text(statement, parameters)
            plan = await self._store.explain(statement, parameters, timeout=self._timeout)
            check_plan(plan, statement)
            if plan_only:
                yield Passing(plan.columns, _nothing(), plan, limit)
                return
            async with self._store.streaming(statement, parameters, timeout=self._timeout) as (columns, records):
                passing = Passing(columns, _nothing(), plan, limit, [set() for _ in columns])
                passing.rows = _limited(records, passing, self._timeout + _GRACE)
                yield passing
        finally:
            self._turns.release()

    async def _examples(self, line: ParameterLine) -> dict[str, Any]:
        """The map of a `// :param` line, as Neo4j reads it, on its own line and in its own column for what is wrong."""
        statement = "\n" * (line.line - 1) + "RETURN".ljust(line.column - 1) + line.map
        check_text(statement, {})
        check_plan(await self._store.explain(statement, {}, timeout=self._timeout), statement)
        async with self._store.streaming(statement, {}, timeout=self._timeout) as (columns, records):
            one = Passing(columns, records, Plan("r", columns), 1, [set()])
            [[given]] = [record async for record in _limited(records, one, self._timeout + _GRACE)]
        for name, value in given.items():
            if unsendable := _of_the_graph(value):
                detail = f"`:param` gives {name!r} a {unsendable}; a parameter is a value, not a part of the graph"
                raise BadParameter(detail, line=line.line)
        return dict(given)


async def _limited(records: AsyncIterator[list[Any]], passing: Passing, wait: float) -> AsyncIterator[list[Any]]:
    started, count = time.perf_counter(), 0
    while True:
        try:
            async with asyncio.timeout(wait):
                record = await anext(records)
        except StopAsyncIteration:
            break
        except TimeoutError:
            raise QueryTimeout(f"no row came within {wait:.0f} seconds; ask for less, or for smaller rows") from None
        if count == passing.limit:
            passing.truncated = True
            break
        count += 1
        for kinds, value in zip(passing.kinds, record, strict=True):
            kinds.add(kind_of(value))
        yield record
    passing.seconds = time.perf_counter() - started


def _of_the_graph(value: Any) -> str | None:
    """The kind of node, relationship or path that a value is or holds: Neo4j takes none as a parameter."""
    kind = kind_of(value)
    if kind in {"List", "Map"}:
        return next(filter(None, map(_of_the_graph, value if kind == "List" else value.values())), None)
    return kind if kind in {"Node", "Relationship", "Path"} else None


async def _nothing() -> AsyncIterator[list[Any]]:
    return
    yield []
