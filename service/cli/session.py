"""A Neo4j for a command: the one that the environment names, the one that runs already, or one for the while."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psutil

from service.cli.progress import Steps
from service.connection import Connection
from service.errors import StartError
from service.graph.managed import ManagedNeo4j
from service.graph.migration import prepare
from service.graph.starting import Bounded, Patience, start_with
from service.graph.store import Store
from service.settings import Settings

T = TypeVar("T")


def managed_neo4j(settings: Settings) -> ManagedNeo4j:
    quarter = min(max(psutil.virtual_memory().total // 4 // 2**20, 1024), 8192)
    memory = settings.neo4j_memory or f"{quarter}m"
    return ManagedNeo4j(settings.data_dir / "neo4j", settings.cache_dir, memory=memory, silence=settings.start_seconds)


@dataclass(frozen=True, slots=True)
class Opened:
    """A Neo4j that is there, though it may not have answered its first statement yet."""

    connection: Connection
    patience: Patience
    managed: bool

    def start_with(self, work: Callable[[Store], Awaitable[T]], steps: Steps) -> T:
        """Do asynchronous work that belongs to the start: see service/graph/starting.py."""

        async def run() -> T:
            return await start_with(self.connection, self.patience, work, steps)

        done = asyncio.run(run())
        steps.finish()
        return done


@contextmanager
def opened_neo4j(settings: Settings, steps: Steps) -> Iterator[Opened]:
    """A Neo4j; one that was started for this command is stopped after it."""
    if settings.connection is not None:
        yield Opened(settings.connection, Bounded(settings.connection.uri, settings.start_seconds), managed=False)
        return
    with _ended_in_order():
        local = managed_neo4j(settings)
        running = local.start(steps)
        steps.finish()
        try:
            yield Opened(local.connection(running), local.patience(running), managed=True)
        finally:
            if running.owner == os.getpid():
                local.stop()


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let SIGTERM unwind like Ctrl-C does, so that what was started is stopped."""

    def leave(number: int, _: Any) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def held(data_dir: Path) -> Iterator[None]:
    """Hold a data folder for one service. The system lets go of it when the process dies, however it dies.

    The file stays: were it removed, one who waits at it and one who makes it anew would each hold a file of that name.
    """
    path = data_dir / "service.lock"
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = path.open("a+")
    except OSError as error:
        raise StartError(
            f"the data folder {data_dir} cannot be written ({error.strerror}); choose another with --data-dir "
            "(make serve DATA_DIR=...)"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise StartError(
                f"the data folder {data_dir} is held by another service (process {lock.read().strip() or 'unknown'}); "
                "stop that one, or choose another folder with --data-dir (make serve DATA_DIR=...)"
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def with_store(settings: Settings, steps: Steps, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do some asynchronous work on the store of a Neo4j that has started, and close it."""

    async def run(opened: Opened) -> T:
        store = Store(opened.connection)
        try:
            return await work(store)
        finally:
            await store.close()

    with opened_neo4j(settings, steps) as opened:
        opened.start_with(_ready if opened.managed else _answering, steps)
        return asyncio.run(run(opened))


def at_start(settings: Settings, steps: Steps, work: Callable[[Store], Awaitable[T]]) -> T:
    """Do asynchronous work that has no limit and may run again, like a start's own: load the seeds."""
    with opened_neo4j(settings, steps) as opened:
        return opened.start_with(work, steps)


async def _ready(store: Store) -> None:
    """What is stored is of this release; a Neo4j that has just started may still be opening its indexes."""
    await prepare(store)


async def _answering(_: Store) -> None:
    """Somebody else's Neo4j gets no schema from who only reads: its first answer is enough."""
