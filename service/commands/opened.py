"""A Neo4j for a command: the one that the environment names, the one that runs already, or one for the while."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psutil

from service.commands.progress import Steps
from service.errors import StartError
from service.graph.connection import Connection
from service.graph.local import LocalNeo4j
from service.graph.store import Store
from service.settings import Settings

T = TypeVar("T")


def local_neo4j(settings: Settings) -> LocalNeo4j:
    quarter = min(max(psutil.virtual_memory().total // 4 // 2**20, 1024), 8192)
    memory = settings.neo4j_memory or f"{quarter}m"
    return LocalNeo4j(settings.data_dir / "neo4j", settings.cache_dir, memory=memory)


@contextmanager
def opened_neo4j(settings: Settings, steps: Steps) -> Iterator[Connection]:
    """A connection to Neo4j; one that was started for this command is stopped after it."""
    if settings.connection is not None:
        yield settings.connection
        return
    with _ended_in_order():
        local = local_neo4j(settings)
        running = local.start(steps)
        steps.finish()
        try:
            yield local.connection(running)
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
    """Do some asynchronous work on the store and close it."""

    async def run(connection: Connection) -> T:
        store = Store(connection)
        try:
            if settings.connection is None:
                await store.ensure_schema()  # a Neo4j that has just started may still be opening its indexes
            return await work(store)
        finally:
            await store.close()

    with opened_neo4j(settings, steps) as connection:
        return asyncio.run(run(connection))
