"""Neo4j goes while the service serves, and comes back: 503 meanwhile, and nothing to do for anyone."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from service.graph.load import load
from service.graph.managed import ManagedNeo4j
from service.graph.starting import start_with
from service.model.facts import Seeds
from service.settings import Settings
from service.web.app import create_app
from tests.waiting import until


async def test_an_outage_heals_by_itself(seeds: Seeds, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = Settings(allowed_hosts=("t",), data_dir=tmp_path_factory.mktemp("outage-data"), key=None)
    local = ManagedNeo4j(tmp_path_factory.mktemp("outage") / "neo4j", settings.cache_dir)
    running = local.start(lambda *_: None, prefer_ports=(0, 0))
    try:
        connection = local.connection(running)
        await start_with(connection, local.patience(running), lambda store: load(store, seeds))
        front = inner = create_app(settings, connection)
        while not isinstance(inner, FastAPI):
            inner = inner.app  # type: ignore[attr-defined]
        transport = httpx.ASGITransport(app=front, raise_app_exceptions=False)
        async with (
            inner.router.lifespan_context(inner),
            httpx.AsyncClient(transport=transport, base_url="http://t") as http,
        ):
            path = "/ask?q=who funds UP2U"
            assert (await http.get(path)).status_code == 200
            await asyncio.to_thread(local.stop)

            async def ready() -> bool:
                return (await http.get("/readyz")).status_code == 200

            async def not_ready() -> bool:
                return not await ready()

            await until(not_ready, "the service saw that Neo4j is gone")
            for asked in (path, "/readyz", "/facts"):
                response = await http.get(asked)
                assert response.status_code == 503, asked
                assert response.headers["content-type"] == "application/problem+json"
                assert response.headers["retry-after"] == "1"
            assert (await http.get("/healthz")).status_code == 200
            page = await http.get("/", headers={"Accept": "text/html"})
            assert (page.status_code, "Neo4j cannot be reached" in page.text) == (503, True)
            local.start(lambda *_: None, prefer_ports=(running.bolt, running.http))
            await until(ready, "the service saw that Neo4j is back")
            assert (await http.get(path)).status_code == 200
    finally:
        local.stop()
