"""The store: everything that is asked of Neo4j goes through here, and only this file imports its driver."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from service.errors import (
    LoadConflict,
    NotReadOnly,
    QueryFailed,
    QueryTimeout,
    ServiceError,
    StoreUnavailable,
)
from service.graph.connection import Connection
from service.graph.plan import Plan, operator
from service.graph.texts import at_once, made_by, schema, text

T = TypeVar("T")
Parameters = Mapping[str, Any]

_EXPLAIN = "EXPLAIN "
_MOST_BYTES = 16_000_000
_WEIGHED_EVERY = 0.01
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
        result = await self._transaction.run(statement, parameters)
        return await result.data()

    async def run_batches(self, statement: str, rows: Sequence[Any], size: int = 5000, **parameters: Any) -> None:
        for start in range(0, len(rows), size):
            await self.run(statement, rows=rows[start : start + size], **parameters)


class Store:
    """A Neo4j database: reads, one write transaction at a time, and the revision that tells whether it changed.

    Every method raises StoreUnavailable where Neo4j cannot be reached or lets nobody in.
    """

    def __init__(self, connection: Connection, *, pool: int = 32) -> None:
        self.connection = connection
        with _translated():
            self._driver = neo4j.AsyncGraphDatabase.driver(
                connection.uri,
                auth=(connection.username, connection.password),
                connection_timeout=3,
                connection_acquisition_timeout=10,
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
        Raises QueryTimeout, QueryFailed (with the position in the statement) or NotReadOnly.
        """
        started = time.perf_counter()
        with _translated():
            async with self._reading(fetch_size=min(limit + 1, 1000)) as session:
                result = await session.run(neo4j.Query(statement, timeout=timeout), parameters)  # type: ignore[arg-type]
                columns = result.keys()
                records = await result.fetch(limit + 1)
                await result.consume()
                revision = _revision(await session.last_bookmarks())
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
        """A name for the state of the graph: it changes with every commit, whoever commits."""
        with _translated():
            async with self._reading(fetch_size=1) as session:
                await (await session.run("RETURN 1")).consume()
                return _revision(await session.last_bookmarks())

    async def explain(self, statement: str, parameters: Parameters, *, timeout: float = 30) -> Plan:
        """Plan a statement without running it. Raises QueryFailed where it does not parse."""
        with _translated(len(_EXPLAIN)):
            async with self._reading(fetch_size=1) as session:
                query = neo4j.Query(_EXPLAIN + statement, timeout=timeout)
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
            with scale.weighing(), _translated():
                async with self._reading(fetch_size=500) as session:
                    scale.watch(session)
                    result = await session.run(query, dict(parameters))

                    async def rows() -> AsyncIterator[list[Any]]:
                        nonlocal finished
                        with scale.weighing(), _translated():
                            async for record in result:
                                yield list(record.values())
                            finished = True

                    yield tuple(result.keys()), rows()
        except ServiceError:
            finished = True
            raise
        finally:
            scale.put_away()
            if not finished:
                await asyncio.shield(self._stop(mark))

    async def _stop(self, mark: str) -> None:
        """End the transaction that bears a mark, if it still runs."""
        with contextlib.suppress(ServiceError), _translated():
            async with self._driver.session(database=self.connection.database) as session:
                found = await session.run(text("service/stop-find"), {"mark": mark})
                ids = [record["id"] async for record in found]
                if ids:
                    await (await session.run(text("service/stop"), {"ids": ids})).consume()

    async def ensure_schema(self) -> None:
        """Make the constraints and indexes of cypher/schema, where they are missing, and wait until they are filled."""
        table = await self.read(text("service/schema-names"))
        there = {name for name, state in table.rows if state == "ONLINE"}
        missing = [statement for statement in schema() if made_by(statement) not in there]
        if not any(made_by(statement) for statement in missing):
            return
        with _translated():
            async with self._driver.session(database=self.connection.database) as session:
                async with await session.begin_transaction() as transaction:
                    for statement in filter(made_by, missing):
                        await (await transaction.run(statement)).consume()
                    await transaction.commit()
                for statement in missing:
                    if not made_by(statement):
                        await (await session.run(statement)).consume()

    async def server(self) -> str:
        """The name and version of the server."""
        with _translated():
            return (await self._driver.get_server_info()).agent

    async def write(self, work: Callable[[Writing], Awaitable[T]]) -> T:
        """Run `work` in one transaction: all of it is kept, or none."""

        async def unit(transaction: neo4j.AsyncManagedTransaction) -> T:
            return await work(Writing(transaction))

        with _translated():
            async with self._driver.session(database=self.connection.database) as session:
                return await session.execute_write(neo4j.unit_of_work(timeout=600)(unit))

    @asynccontextmanager
    async def _reading(self, fetch_size: int) -> AsyncIterator[neo4j.AsyncSession]:
        async with self._driver.session(
            database=self.connection.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=fetch_size
        ) as session:
            yield session


class _Scale:
    """Weighs one row while it arrives: a row that is too large is dropped before it is unpacked into this process.

    The driver has no limit of its own on a message. Its buffer is private to it: the door's tests see if it moves.
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


@contextmanager
def _translated(before: int = 0) -> Any:
    """The driver's errors as ours, the most specific first. `before`: characters that stand before the statement."""
    try:
        yield
    except ServiceError:
        raise
    except AuthError as error:
        raise StoreUnavailable(
            "Neo4j does not accept the user name and password; check NEO4J_USERNAME and NEO4J_PASSWORD"
        ) from error
    except ConstraintError as error:
        raise LoadConflict(f"another writer put the same thing into the graph: {error.message}; try again") from error
    except Neo4jError as error:
        raise _of_server(error, before) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise QueryFailed(f"a parameter cannot be sent to Neo4j: {_first(error)}") from error
    except (ServiceUnavailable, SessionExpired, ConfigurationError, DriverError, OSError, ValueError) as error:
        raise StoreUnavailable(f"Neo4j cannot be reached now; it is asked again by itself ({_first(error)})") from error


def _of_server(error: Neo4jError, before: int = 0) -> ServiceError:
    code, message = error.code or "", _unshifted(error.message or "", before)
    if "TransactionTimedOut" in code or "Terminated" in code:
        return QueryTimeout("stopped by Neo4j after its time limit; ask for less, or with a narrower start")
    if "AccessMode" in code or "Forbidden" in code or ("read access mode" in message.lower()):
        return NotReadOnly(f"this door only reads: {message}")
    if "MemoryPool" in code or "OutOfMemory" in code:
        return QueryTimeout("stopped by Neo4j at its memory limit; ask for less, or with a narrower start")
    if isinstance(error, ClientError) and ("Statement" in code or "Procedure" in code):
        return QueryFailed(message, **_position(message))
    if isinstance(error, TransientError) or "Database.DatabaseNotFound" in code or "Unavailable" in code:
        return StoreUnavailable(f"Neo4j cannot answer now: {message}")
    return QueryFailed(message)


def _unshifted(message: str, before: int) -> str:
    """A message whose positions and echo of the statement do not count the word that we put before it."""
    if not before:
        return message
    message = message.replace(f'"{_EXPLAIN}', '"', 1)
    if match := re.search(r"\(line 1, column (\d+) \(offset: (\d+)\)\)", message):
        column, offset = int(match[1]) - before, int(match[2]) - before
        message = message.replace(match[0], f"(line 1, column {max(column, 1)} (offset: {max(offset, 0)}))")
        message = re.sub(rf"\n {{{before}}}( *\^)", r"\n\1", message)
    return message


def _position(message: str) -> dict[str, int]:
    """Neo4j ends its messages with `(line 1, column 8 (offset: 7))`."""
    words = message.replace(",", " ").replace("(", " ").split()
    place = {}
    for name in ("line", "column"):
        at: Iterable[int] = [i for i, word in enumerate(words[:-1]) if word == name and words[i + 1].isdigit()]
        for i in at:
            place[name] = int(words[i + 1])
    return place


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
