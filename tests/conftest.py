"""One real Neo4j for the whole session, on free ports in a temporary folder, stopped at the end whatever happens."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from service.answers.ask import Questions
from service.answers.catalog import Catalog, read_catalog
from service.connection import Connection
from service.graph.load import load
from service.graph.managed import ManagedNeo4j
from service.graph.starting import Bounded, Patience, start_with
from service.graph.store import Store
from service.model.facts import Seeds
from service.settings import Settings
from service.sources.validate import read_seeds
from service.web.app import create_app

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    return read_seeds(ROOT / "seeds")


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, Patience]]:
    """The session's own Neo4j; another one where NEO4J_URI names it and JOINEDUP_TEST_REMOTE allows to write there."""
    settings = Settings()
    if settings.connection is not None and os.environ.get("JOINEDUP_TEST_REMOTE") == "yes":
        yield settings.connection, Bounded(settings.connection.uri, settings.start_seconds)
        return
    local = ManagedNeo4j(tmp_path_factory.mktemp("neo4j"), settings.cache_dir, silence=settings.start_seconds)
    running = local.start(lambda *_: None, prefer_ports=(0, 0))
    try:
        yield local.connection(running), local.patience(running)
    finally:
        local.stop()


@pytest.fixture(scope="session")
async def connection(neo4j: tuple[Connection, Patience]) -> Connection:
    """It has answered its first statement and has its schema, however long a busy machine took to it."""
    connection, patience = neo4j
    await start_with(connection, patience, lambda store: store.ensure_schema())
    return connection


@pytest.fixture(scope="session")
async def store(connection: Connection, neo4j: tuple[Connection, Patience], seeds: Seeds) -> AsyncIterator[Store]:
    """The store with the project's seeds in it. A test that writes puts back what it found."""
    await start_with(*neo4j, lambda starting: load(starting, seeds))
    store = Store(connection)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return read_catalog()


@pytest.fixture(scope="session")
def questions(store: Store, catalog: Catalog) -> Questions:
    return Questions(store, catalog)


@pytest.fixture(scope="session")
async def client(
    store: Store, connection: Connection, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.AsyncClient]:
    """The whole application, asked as over HTTP."""
    folder = tmp_path_factory.mktemp("planned")
    settings = Settings(cache_dir=folder, data_dir=folder, key=None, allowed_hosts=("joinedup.test",), query_timeout=5)
    front = inner = create_app(settings, connection)
    while not isinstance(inner, FastAPI):
        inner = inner.app  # type: ignore[attr-defined]
    async with inner.router.lifespan_context(inner):
        transport = httpx.ASGITransport(app=front, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://joinedup.test") as http:
            yield http
