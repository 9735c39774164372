"""The store: everything that is asked of Neo4j goes through here.

Only this file imports the driver, and failures.py beside it, which knows its errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, TypeVar

import neo4j

from service.connection import Connection
from service.errors import QueryFailed, ServiceError, StoreUnavailable
from service.graph.cypher_files import at_once, schema, text
from service.graph.failures import calling, reached, translated, tries
from service.graph.plan import Plan, operator
from service.graph.revisions import check_pinned

T = TypeVar("T")
Parameters = Mapping[str, Any]

_EXPLAIN = "EXPLAIN "
_MOST_BYTES = 16_000_000
_WEIGHED_EVERY = 0.01
_SCHEMA_TRIES = 10
_A_DAY = 86_400
_QUIET = neo4j.NotificationMinimumSeverity.OFF


@dataclass(frozen=True, slots=True)
class Table:
    """What a read gave: `rows` in the order of `columns`, cut after a limit, and the revision of the graph it saw."""

    columns: tuple[str, ...]
    rows: list[list[Any]]
    truncated: bool
    revision: str
    seconds: float


class Writing:
    """One write transaction."""

    def __init__(self, transaction: neo4j.AsyncManagedTransaction) -> None:
        self._transaction = transaction

    async def run(self, statement: str, **parameters: Any) -> list[dict[str, Any]]:
        with calling():
            result = await self._transaction.run(statement, parameters)
            return await result.data()

    async def run_batches(self, statement: str, rows: Sequence[Any], size: int = 5000, **parameters: Any) -> None:
        for start in range(0, len(rows), size):
            await self.run(statement, rows=rows[start : start + size], **parameters)


class Store:
    """A Neo4j database: reads, one write transaction at a time, and the revision that tells whether it changed.

    Every method raises StoreUnavailable where Neo4j cannot be reached or lets nobody in.
    """

    def __init__(self, connection: Connection, *, pool: int = 32, limited: bool = True) -> None:
        """`limited=False` is for a start: no statement, and no wait for a connection, has a limit. Whoever waits
        watches Neo4j itself (starting.py)."""
        self.connection = connection
        self._applied = ""
        self._limited = limited
        with translated():
            self._driver = neo4j.AsyncGraphDatabase.driver(
                connection.uri,
                auth=(connection.username, connection.password),
                connection_timeout=3 if limited else _A_DAY,
                connection_acquisition_timeout=10 if limited else _A_DAY,
                max_connection_pool_size=pool,
                max_transaction_retry_time=5,
                notifications_min_severity=_QUIET,
                telemetry_disabled=True,
            )

    async def close(self) -> None:
        await self._driver.close()

    async def read(
        self, statement: str, parameters: Parameters | None = None, *, limit: int = 10_000, timeout: float = 10
    ) -> Table:
        """Run a reading statement and take at most `limit` rows.

        The session only reads, the server stops it after `timeout` seconds, and rows past `limit` are not fetched.
        Raises QueryTimeout, QueryFailed (with the position in the statement), NotReadOnly, and GraphChanged where it
        did not see the revision that it had to (revisions.py).
        """
        started = time.perf_counter()
        with translated():
            async with self._reading(fetch_size=min(limit + 1, 1000)) as session:
                result = await session.run(neo4j.Query(statement, timeout=self._limit(timeout)), parameters)  # type: ignore[arg-type]
                columns = result.keys()
                records = await result.fetch(limit + 1)
                await result.consume()
                revision = _revision(await session.last_bookmarks())
        check_pinned(revision)
        rows = [list(record.values()) for record in records[:limit]]
        return Table(tuple(columns), rows, len(records) > limit, revision, time.perf_counter() - started)

    async def read_at_once(
        self,
        statement: str,
        columns: Sequence[str],
        parameters: Parameters,
        *,
        limit: int,
        timeout: float = 10,
    ) -> Table:
        """Like `read`, with many rows in a record, for a statement that gives `columns`: some five times as fast."""
        asked = at_once(statement, tuple(columns))
        table = await self.read(asked, {**parameters, "limit": limit + 1}, limit=limit, timeout=timeout)
        rows = [row for (chunk,) in table.rows for row in chunk]
        return replace(table, columns=tuple(columns), rows=rows[:limit], truncated=len(rows) > limit)

    async def revision(self) -> str:
        """A name for the state of the graph: it changes with every commit, whoever commits.

        A read that begins afterwards sees all of it: Neo4j names a commit before it has applied it, so one that is
        new here is waited for, as whoever brings its bookmark waits.
        """
        with translated():
            bookmarks = await self._newest()
            revision = _revision(bookmarks)
            if revision != self._applied:
                await self._newest(bookmarks)
                self._applied = revision
            return revision

    async def _newest(self, seen: neo4j.Bookmarks | None = None) -> neo4j.Bookmarks:
        """The bookmark of the last commit, of which all that `seen` names is applied."""
        async with self._reading(fetch_size=1, bookmarks=seen) as session:
            await (await session.run("RETURN 1")).consume()
            return await session.last_bookmarks()

    async def explain(self, statement: str, parameters: Parameters, *, timeout: float = 30) -> Plan:
        """Plan a statement without running it. Raises QueryFailed where it does not parse."""
        with translated(_EXPLAIN):
            async with self._reading(fetch_size=1) as session:
                query = neo4j.Query(_EXPLAIN + statement, timeout=self._limit(timeout))
                result = await session.run(query, dict(parameters))
                columns = tuple(result.keys())
                summary = await result.consume()
                root = operator(summary.plan) if summary.plan else None
                return Plan(summary.query_type or "r", columns, root)

    @asynccontextmanager
    async def streaming(
        self, statement: str, parameters: Parameters, *, timeout: float
    ) -> AsyncIterator[tuple[tuple[str, ...], AsyncIterator[list[Any]]]]:
        """The columns of a reading statement, and its rows as they come.

        Whoever leaves before the last row, or is cancelled, stops it on the server too: its transaction bears a mark by
        which it is found and terminated.
        """
        mark = secrets.token_hex(8)
        query = neo4j.Query(statement, timeout=timeout, metadata={"joinedup": mark})
        finished, scale = False, _Scale()
        try:
            with scale.weighing(), translated() as callers:
                async with self._reading(fetch_size=500) as session:
                    scale.watch(session)
                    result = await session.run(query, dict(parameters))

                    async def rows() -> AsyncIterator[list[Any]]:
                        nonlocal finished
                        with scale.weighing(), translated():
                            async for record in result:
                                yield list(record.values())
                            finished = True
                            check_pinned(_revision(await session.last_bookmarks()))

                    columns = tuple(result.keys())
                    with callers.code():
                        yield columns, rows()
        except ServiceError:
            finished = True
            raise
        finally:
            scale.put_away()
            if not finished:
                await asyncio.shield(self._stop(mark))

    async def _stop(self, mark: str) -> None:
        """End the transaction that bears a mark, if it still runs."""
        with contextlib.suppress(ServiceError), translated():
            async with self._driver.session(database=self.connection.database) as session:
                found = await session.run(text("service/stop-find"), {"mark": mark})
                ids = [record["id"] async for record in found]
                if ids:
                    await (await session.run(text("service/stop"), {"ids": ids})).consume()

    async def ensure_schema(self) -> None:
        """Make the constraints and indexes of cypher/schema, where they are missing, and wait until they are filled.

        An index of several relations is made anew where the vocabulary has changed since.
        Others may do the same at the same time: of two whose locks cross, Neo4j refuses one, and it tries again.
        """
        for tried in count(1):
            try:
                await self._make_schema()
                return
            except ServiceError as error:
                if tried >= min(tries(error), _SCHEMA_TRIES) or not reached(error):
                    raise
            await asyncio.sleep(random.uniform(0.1, 0.3) * tried)

    async def _make_schema(self) -> None:
        table = await self.read(text("service/schema-names"))
        there = {name: frozenset(over) for name, state, over in table.rows if state == "ONLINE"}
        making = {each.name: each for each in schema() if each.name and there.get(each.name) != each.over}
        if not making:
            return
        with translated():
            async with self._driver.session(database=self.connection.database) as session:
                async with await session.begin_transaction(timeout=self._limit(600)) as transaction:
                    for name, each in making.items():
                        if name in there:  # of other relations than it should be
                            drop = text("service/drop-index").replace("NAME", name)
                            await (await transaction.run(drop)).consume()
                        await (await transaction.run(each.text)).consume()
                    await transaction.commit()
                for each in schema():
                    if not each.name:
                        query = neo4j.Query(each.text, timeout=self._limit(600))
                        await (await session.run(query)).consume()

    async def server(self) -> str:
        """The name and version of the server."""
        with translated():
            return (await self._driver.get_server_info()).agent

    async def write(self, work: Callable[[Writing], Awaitable[T]]) -> T:
        """Run `work` in one transaction: all of it is kept, or none.

        What `work` raises of its own passes as it is; only the driver's errors become ours.
        """

        async def unit(transaction: neo4j.AsyncManagedTransaction) -> T:
            with callers.code():
                return await work(Writing(transaction))

        with translated() as callers:
            async with self._driver.session(database=self.connection.database) as session:
                return await session.execute_write(neo4j.unit_of_work(timeout=self._limit(600))(unit))

    def _limit(self, seconds: float) -> float:
        """The seconds that Neo4j gives a transaction; 0 is no limit, whatever the server's own default is."""
        return seconds if self._limited else 0

    @asynccontextmanager
    async def _reading(
        self, fetch_size: int, bookmarks: neo4j.Bookmarks | None = None
    ) -> AsyncIterator[neo4j.AsyncSession]:
        async with self._driver.session(
            database=self.connection.database,
            default_access_mode=neo4j.READ_ACCESS,
            fetch_size=fetch_size,
            bookmarks=bookmarks,
        ) as session:
            yield session


class _Scale:
    """Weighs one row while it arrives: a row that is too large is dropped before it is unpacked into this process.

    The driver has no limit of its own on a message. Its buffer is private to it: the sandbox's tests see if it moves.
    """

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self.too_heavy = False

    def watch(self, session: neo4j.AsyncSession) -> None:
        self._task = asyncio.create_task(self._weigh(session))

    def put_away(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _weigh(self, session: Any) -> None:
        while True:
            await asyncio.sleep(_WEIGHED_EVERY)
            connection = session._connection
            if connection is not None and connection.inbox._buffer.used > _MOST_BYTES:
                self.too_heavy = True
                connection.kill()
                return

    @contextmanager
    def weighing(self) -> Iterator[None]:
        """Raises QueryFailed instead of the broken connection that a dropped row leaves."""
        try:
            yield
        except StoreUnavailable as error:
            if not self.too_heavy:
                raise
            limit = _MOST_BYTES // 1_000_000
            raise QueryFailed(f"one row of the answer is larger than {limit} MB; return less of it") from error


def _revision(bookmarks: neo4j.Bookmarks) -> str:
    """A read's bookmark names the last commit that it saw, in every Neo4j and without any privilege."""
    return hashlib.sha256("".join(sorted(bookmarks.raw_values)).encode()).hexdigest()[:12]
