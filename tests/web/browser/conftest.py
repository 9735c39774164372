"""A real Chromium: Debian's, headless, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.waiting import LONG

CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser, address: str) -> AsyncIterator[Page]:
    """A window of its own, 1280 by 1000, whose addresses are those of the service."""
    context = await chromium.new_context(base_url=address, viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(LONG * 1000)
    yield await context.new_page()
    await context.close()
