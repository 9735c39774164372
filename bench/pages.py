"""The main pages in a real Chromium on a graph of some size: `python -m bench.pages [1000]`.

The seeds and a country made up stand in one Neo4j. For each page: the first visit, which computes what the page needs,
and the second, warm one; until the first content is painted (First Contentful Paint, W3C Paint Timing 2021) and until
all has loaded. Writes bench/results/pages.md. Needs Debian's chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from bench.country import country
from bench.served import served

PAGES = (
    *("/", "/ask.html?q=what+does+Ashbridge+Trust+619+take+part+in", "/entities.html?kind=Agency", "/facts.html"),
    *("/entities/o000000.html", "/entities/t000000.html", "/sources.html", "/map.html"),
    *("/map.html?network=organisations", "/scores/organisations.html", "/scores/network.html"),
    *("/scores/organisations/o000000.html", "/scores/pairs.html", "/funding/flows.html", "/scenarios.html"),
    *("/scenarios/try.html?do=end&who=Programme+0", "/changes.html?from=2010-01-01&to=2024-12-31", "/cypher.html"),
)
PAINTED = """() => new Promise((done) => {
  const told = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [load] = performance.getEntriesByType("navigation");
    if (paint && load.loadEventEnd) done([paint.startTime, load.loadEventEnd]); else setTimeout(told, 20);
  };
  told();
})"""


async def visited(page: Page, path: str) -> tuple[float, float]:
    """Milliseconds from the click until the first content is painted, and until all has loaded.

    A page that says meanwhile that it is being worked out is not there yet: the wait for it counts.
    """
    await page.goto("about:blank")
    started = time.perf_counter()
    answer = await page.goto(path, timeout=600_000)
    if answer and answer.status == 202:  # it opens by itself
        await expect(page.locator("h1")).not_to_contain_text("being worked out", timeout=600_000)
        await page.wait_for_load_state()
        waited = (time.perf_counter() - started) * 1000
        return waited, waited
    painted, loaded = await page.evaluate(PAINTED)
    return painted, loaded


async def measure(address: str) -> list[tuple[str, float, float, float]]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = await browser.new_page(base_url=address, viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(600_000)
        rows = []
        for path in PAGES:
            first, _ = await visited(page, path)
            rows.append((path, first, *await visited(page, path)))
            print(*(f"{each:.0f}" if isinstance(each, float) else each for each in rows[-1]), flush=True)
        await browser.close()
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("organisations", type=int, nargs="?", default=1000)
    n = parser.parse_args().organisations
    with served({"country": country(n)}, memory="1g" if n <= 10_000 else "6g") as address:
        rows = asyncio.run(measure(address))
    lines = [
        f"{n:,} organisations beside the seeds, Chromium and the service on the same 2 cores, milliseconds:",
        "",
        "| page | first content, first visit | first content, warm | all loaded, warm |",
        "|---|---:|---:|---:|",
        *(f"| `{path}` | {first:.0f} | {warm:.0f} | {loaded:.0f} |" for path, first, warm, loaded in rows),
    ]
    Path(__file__).with_name("results").joinpath("pages.md" if n == 1000 else f"pages-{n}.md").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )
