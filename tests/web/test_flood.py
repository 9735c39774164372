"""Many at once, a tenth of them hostile; a client that hangs up; and an OpenAPI document that tells the truth."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import httpx
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bench.flood import attack, named
from service.connection import Connection
from service.graph.store import Store
from service.settings import Settings
from service.web.app import create_app
from tests.sandbox.test_statements import running
from tests.waiting import LONG, until


async def test_two_hundred_at_once_a_tenth_hostile(address: str) -> None:
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=address, timeout=LONG, limits=limits) as http:
        _, statuses = await asyncio.gather(named(http, 180, date(2015, 1, 1)), attack(http, 20))
    assert set(statuses) <= {403, 422, 503, 504}


async def test_named_queries_do_not_wait_behind_the_door(store: Store, connection: Connection, tmp_path: Path) -> None:
    """Every turn is taken and every waiting place too: named queries are answered all the same, while that lasts."""
    settings = Settings(cache_dir=tmp_path, data_dir=tmp_path, key=None, cypher_at_once=2, query_timeout=600)
    app = inner = create_app(settings, connection)
    while not isinstance(inner, FastAPI):
        inner = inner.app  # type: ignore[attr-defined]
    statement = "UNWIND range(1, 1000000000000) AS holds_a_turn RETURN count(holds_a_turn)"
    async with (
        inner.router.lifespan_context(inner),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1") as http,
    ):
        held = [asyncio.create_task(http.post("/cypher", json={"statement": statement})) for _ in range(20)]

        async def full() -> bool:
            return sum(task.done() for task in held) == 2 and await running(store, "holds_a_turn") == 2

        await until(full, "two ran, sixteen waited and two were turned away")
        assert {task.result().status_code for task in held if task.done()} == {503}
        await named(http, 30, date(2016, 1, 1))
        assert await full(), "and not because the door had become free"
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
    assert await running(store, "holds_a_turn") == 0


async def test_a_client_that_hangs_up_stops_its_statement(address: str, store: Store) -> None:
    statement = "UNWIND range(1, 1000000000000) AS hung_up RETURN count(hung_up)"

    async def runs() -> bool:
        return await running(store, "hung_up") == 1

    async def runs_no_more() -> bool:
        return not await runs()

    async with httpx.AsyncClient(base_url=address, timeout=LONG) as http:
        asked = asyncio.create_task(http.post("/cypher", json={"statement": statement}))
        await until(runs, "it ran")
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    await until(runs_no_more, "it was stopped")


def test_every_answer_is_as_described(address: str) -> None:
    """No 500, and no status, media type or body that the OpenAPI document does not know."""
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) > 20
    for operation in operations:

        @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def asked(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks, timeout=LONG)

        asked()
