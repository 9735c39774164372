"""From facts to scores through Neo4j, at the size of a country: `python -m bench.whole 100000`.

Loads a country made up (bench/country.py) into a Neo4j of its own and scores it as the service does, while another
client asks for the graph's revision: what that one waits for is what everybody waits for. A load is one transaction,
which at 100,000 organisations needs a heap of about 8 GB.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from bench.country import country
from service.graph.load import load
from service.graph.managed import ManagedNeo4j
from service.graph.store import Store
from service.metrics.composite import DEFAULT_WEIGHTS
from service.network.compute import Scoring
from service.network.tables import organisation_rows, pair_rows
from service.network.ties import Scope
from service.settings import Settings


async def measure(store: Store, organisations: int) -> None:
    made = country(organisations)
    started = time.perf_counter()
    await load(store, made, "country")
    print(f"loaded {len(made.facts):,} facts in {time.perf_counter() - started:.1f} s", flush=True)
    scoring = Scoring(store)
    started, worst = time.perf_counter(), 0.0
    task = asyncio.create_task(scoring.scored(Scope(), await store.revision()))
    while not task.done():
        asked = time.perf_counter()
        await store.revision()
        worst = max(worst, time.perf_counter() - asked)
        await asyncio.sleep(0.05)
    scored = await task
    print(
        f"scored {scored.scorecard.n:,} bodies, {scored.scorecard.ties:,} ties in {time.perf_counter() - started:.1f} s"
    )
    print(f"another request waited {worst:.2f} s at most")
    started = time.perf_counter()
    organisation_rows(scored, DEFAULT_WEIGHTS)
    print(f"ranked in {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    total, _ = pair_rows(scored, None, 0, 50)
    print(f"{total:,} pairs in {time.perf_counter() - started:.1f} s")
    scoring.close()


def main() -> None:
    organisations = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        local = ManagedNeo4j(Path(folder), Settings().cache_dir, memory="8g" if organisations > 20_000 else "2g")
        running = local.start(lambda *_: None, prefer_ports=(0, 0))
        try:
            asyncio.run(measure(Store(local.connection(running)), organisations))
        finally:
            local.stop()


if __name__ == "__main__":
    main()
