"""Pages of a thousand organisations, once the service has made them, cost no work of it and little of a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, Request

from bench.country import country
from bench.pages import PAGES, PAINTED, visited
from service.graph.load import load
from service.graph.store import Store
from service.model.facts import Seeds
from tests.waiting import LONG, caught_up

REQUESTS = 6
PAGE, MAP = (10_000, 1_000_000), (40_000, 3_000_000)
"""Elements and bytes of a page, and of one that draws thirteen thousand pairs."""


@pytest.fixture(scope="module", autouse=True)
async def a_thousand(store: Store, address: str) -> AsyncIterator[None]:
    await load(store, country(1000), "country")
    async with httpx.AsyncClient(base_url=address, timeout=LONG) as http:
        await caught_up(http, store)
    yield
    await load(store, Seeds((), (), ()), "country")


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the service asks Neo4j for from now on, the watch's look at the revision aside."""
    asked: list[str] = []
    read, streaming = Store.read, Store.streaming

    def reading(self: Store, statement: str, *given: Any, **more: Any) -> Any:
        asked.append(statement)
        return read(self, statement, *given, **more)

    def stream(self: Store, statement: str, *given: Any, **more: Any) -> Any:
        asked.append(statement)
        return streaming(self, statement, *given, **more)

    monkeypatch.setattr(Store, "read", reading)
    monkeypatch.setattr(Store, "streaming", stream)
    return asked


@pytest.mark.parametrize("path", PAGES)
async def test_a_warm_page_asks_nothing_and_is_not_large(page: Page, path: str, statements: list[str]) -> None:
    """How long it takes is measured by bench/pages.py; here is what it takes."""
    await visited(page, path)
    first = len(statements)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    answer = await page.goto(path)
    assert answer is not None
    assert answer.status == 200, "it is there, not in the making"
    await page.evaluate(PAINTED)
    nodes = await page.evaluate("document.querySelectorAll('*').length")
    size = len(await answer.body())
    assert len(statements) == first, "no statement to Neo4j"
    assert len([each for each in asked if not each.url.startswith("data:")]) <= REQUESTS
    most_nodes, most_bytes = MAP if path.startswith("/map") else PAGE
    assert nodes <= most_nodes
    assert size <= most_bytes
