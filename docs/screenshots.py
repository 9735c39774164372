"""Pictures of the main pages, out of a service of its own: `make screenshots`.

Needs Debian's chromium. Starts a Neo4j and a service, loads the seeds, and writes docs/*.png.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.async_api import async_playwright

from service.facts.verify import read_seeds
from service.graph.connection import Connection
from service.graph.load import load
from service.graph.local import LocalNeo4j
from service.graph.store import Store
from service.settings import Settings
from service.web.app import create_app

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


def main() -> None:
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        local = LocalNeo4j(Path(folder), settings.cache_dir, memory="1g")
        connection = local.connection(local.start(lambda *_: None, prefer_ports=(0, 0)))
        try:
            asyncio.run(_loaded(connection, settings))
            asyncio.run(_taken(_served(connection, settings)))
        finally:
            local.stop()


async def _loaded(connection: Connection, settings: Settings) -> None:
    store = Store(connection)
    await load(store, read_seeds(settings.seeds_dir))
    await store.close()


def _served(connection: Connection, settings: Settings) -> str:
    server = uvicorn.Server(uvicorn.Config(create_app(settings, connection), port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.1)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


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
    main()
