"""Every page in a real Chromium: nothing leaves the machine, nothing is complained of, everyone can read it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

PAGES = (
    *("/", "/ask.html?q=which+partners+share+services+with+Winchester", "/ask.html?q=winchester", "/map.html"),
    *("/map.html?network=organisations", "/entities.html", "/entities/hampshire-county-council.html"),
    *("/entities/superfast-broadband.html", "/sources.html", "/sources/total-place-activities-2010.html"),
    *("/facts.html?limit=10", "/scores/organisations.html", "/scores/network.html", "/scores/pairs.html"),
    *("/scores/organisations/winchester-city-council.html", "/funding/flows.html", "/scenarios.html"),
    *("/funding/programmes/superfast-broadband.html", "/scenarios/hampshire-unitary.html", "/docs", "/queries.html"),
    *("/cypher.html", "/cypher.html?statement=MATCH+(n:Programme)-[r]-(m)+RETURN+n,r,m+LIMIT+9"),
    *("/changes.html?from=2010-01-01&to=2014-12-31", "/nothing.html", "/entities/council.html", "/login"),
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PAGES)
async def test_pages_are_clean_and_stay_at_home(page: Page, address: str, path: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    answer = await page.goto(path)
    await page.wait_for_load_state("networkidle")
    assert answer is not None
    assert [line for line in said if answer.ok or "Failed to load resource" not in line] == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(address).netloc}
    assert await page.locator("h1").inner_text()


@pytest.mark.parametrize("path", PAGES)
async def test_pages_meet_wcag_2_2_aa(page: Page, path: str) -> None:
    """By axe-core, in light and dark, as far as a machine can tell."""
    await page.goto(path)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        found = await Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        broken = [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]]
        assert broken == [], scheme


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_is_wider_than_its_window(page: Page, path: str) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(path)
    assert await page.evaluate(WIDER) <= 0
    await page.set_viewport_size({"width": 1280, "height": 1000})
    assert await page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("path", ["/ask.html?q=who+funds+superfast+broadband", "/map.html", "/scores/network.html"])
async def test_print_leaves_out_what_paper_cannot_do(page: Page, path: str) -> None:
    await page.goto(path)
    await page.emulate_media(media="print", color_scheme="dark")
    for gone in ("nav", "form", ".map-tools"):
        for each in await page.locator(gone).all():
            assert not await each.is_visible(), gone
    ground = await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)", "paper is white, also for who reads in the dark"


async def test_it_works_without_script(chromium: Browser, address: str) -> None:
    context = await chromium.new_context(base_url=address, java_script_enabled=False)
    plain = await context.new_page()
    await plain.goto("/map.html")
    assert not await plain.locator(".map-tools").is_visible()
    await plain.locator('[data-id="hampshire-county-council"] path').click()
    await plain.wait_for_url("**/entities/hampshire-county-council.html")
    await plain.goto("/")
    await plain.locator("#q").fill("who leads the Safer Portsmouth Partnership")
    await plain.locator("main form button").click()
    await plain.wait_for_url("**/ask.html?*")
    assert await plain.locator(".lead").inner_text()
    await context.close()
