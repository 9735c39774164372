"""Pictures of the main pages, out of a service of its own: `make screenshots`.

Needs Debian's chromium and chromium-driver. Starts a Neo4j and a service, loads the seeds, and writes docs/*.png.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

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
    "what-if": "/scenarios/hampshire-unitary.html",
}
SIZES = {"": (1280, 1000), "-narrow": (390, 844)}


def main() -> None:
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        local = LocalNeo4j(Path(folder), settings.cache_dir, memory="1g")
        connection = local.connection(local.start(lambda *_: None, prefer_ports=(0, 0)))
        try:
            asyncio.run(_loaded(connection, settings))
            _taken(_served(connection, settings))
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


def _taken(address: str) -> None:
    for suffix, (width, height) in SIZES.items():
        options = ChromeOptions()
        for flag in ("headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars", f"window-size={width},{height}"):
            options.add_argument(f"--{flag}")
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": {"width": width, "height": height}})
        with Chrome(options=options, service=Service("/usr/bin/chromedriver")) as browser:
            for name, path in PAGES.items():
                browser.get(address + path)
                time.sleep(0.5)
                browser.save_screenshot(str(HERE / f"{name}{suffix}.png"))
                print(f"docs/{name}{suffix}.png", flush=True)


if __name__ == "__main__":
    main()
