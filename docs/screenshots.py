"""Pictures of the main pages, out of a service of its own: `make screenshots`.

Needs Debian's chromium. Starts a Neo4j and a service, loads the seeds, and writes docs/*.png.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from playwright.async_api import async_playwright

from bench.served import served

HERE = Path(__file__).parent
PAGES = {
    "home": "/",
    "answer": "/ask.html?q=which+partners+share+services+with+Winchester",
    "map": "/map.html",
    "body": "/entities/hampshire-county-council.html",
    "source": "/sources/total-place-activities-2010.html",
    "scores": "/scores/organisations.html",
    "money": "/funding/flows.html",
    "what-if": "/scenarios/try.html?do=merge+into+a+new+body&who=Winchester+City+Council%3B+Hart+District+Council"
    "&leaves=&to=Mid+Hampshire+Council&do=end&who=superfast+broadband&leaves=&to=",
    "cypher": "/cypher.html?statement=MATCH+(a)-[f:FUNDS]->(b)%0ARETURN+a,+f,+b,+f.amount+AS+amount",
}
SIZES = {"": (1280, 1000), "-narrow": (390, 844)}


async def _taken(address: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for suffix, (width, height) in SIZES.items():
            page = await browser.new_page(base_url=address, viewport={"width": width, "height": height})
            for name, path in PAGES.items():
                await page.goto(path)
                await page.wait_for_load_state("networkidle")
                await page.screenshot(path=HERE / f"{name}{suffix}.png")
                print(f"docs/{name}{suffix}.png", flush=True)
        await browser.close()


if __name__ == "__main__":
    with served() as address:
        asyncio.run(_taken(address))
