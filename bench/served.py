"""A Neo4j and a service of one's own, with the seeds and what else is given loaded, for as long as a block runs."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import uvicorn

from service.connection import Connection
from service.graph.load import load
from service.graph.managed import ManagedNeo4j
from service.graph.store import Store
from service.model.facts import Seeds
from service.settings import Settings
from service.sources.validate import read_seeds
from service.web.app import create_app


@contextlib.contextmanager
def served(more: Mapping[str, Seeds] | None = None, memory: str = "1g") -> Iterator[str]:
    """The address of the service. `more` is loaded beside the seeds, by dataset."""
    with neo4j(more, memory) as connection, serving(connection) as address:
        yield address


@contextlib.contextmanager
def neo4j(more: Mapping[str, Seeds] | None = None, memory: str = "1g") -> Iterator[Connection]:
    """A Neo4j with the seeds and what else is given."""
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        local = ManagedNeo4j(Path(folder), settings.cache_dir, memory=memory)
        connection = local.connection(local.start(lambda *_: None, prefer_ports=(0, 0)))
        try:
            asyncio.run(_loaded(connection, {"seeds": read_seeds(settings.seeds_dir)} | dict(more or {})))
            yield connection
        finally:
            local.stop()


@contextlib.contextmanager
def serving(connection: Connection) -> Iterator[str]:
    """The address of a service on it, which asks for no key."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), key=None), connection)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.1)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


async def _loaded(connection: Connection, datasets: Mapping[str, Seeds]) -> None:
    store = Store(connection)
    for name, seeds in datasets.items():
        await load(store, seeds, name)
    await store.close()
