"""Pages of a thousand organisations are there within a second once the service has made them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page

from bench.country import country
from bench.pages import PAGES, visited
from service.facts.model import Seeds
from service.graph.load import load
from service.graph.store import Store

SECOND = 1000


@pytest.fixture(scope="module", autouse=True)
async def a_thousand(store: Store) -> AsyncIterator[None]:
    await load(store, country(1000), "country")
    yield
    await load(store, Seeds((), (), ()), "country")


@pytest.mark.parametrize("path", PAGES)
async def test_a_warm_page_shows_its_first_content_within_a_second(page: Page, path: str) -> None:
    page.set_default_timeout(60_000)
    await visited(page, path)
    painted = min([(await visited(page, path))[0] for _ in range(2)])
    assert painted < SECOND
