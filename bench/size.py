"""Every named query on a graph of the size of a country: `python -m bench.size 100000 [--keep FOLDER]`.

The seeds and a country made up stand in one Neo4j. Each query is asked about bodies and programmes of the country,
small and large, by turns, with nothing kept between; so are names, suggestions, lists and questions as typed. The
first of each, which Neo4j must plan, has a column of its own. Writes bench/results/size.md and size.json.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.country import country
from service.answers.ask import Questions
from service.answers.catalog import Catalog, read_catalog
from service.answers.filters import EVERY_MODALITY, Filters
from service.answers.statements import Query, Type
from service.errors import ServiceError
from service.graph.cypher_files import text
from service.graph.load import load
from service.graph.managed import ManagedNeo4j
from service.graph.store import Store
from service.identity.names import Names
from service.settings import Settings
from service.sources.validate import read_seeds

ROUNDS = 40
ALL = "(all named queries together)"
_RESULTS = Path(__file__).with_name("results")
_NAMES = (
    "Winchester",
    "Winchester City Council",
    "Ashbridge Trust 17",
    "ashbrige trust",
    "Kirkworth",
    "hampshire",
    "o000042",
)


def parameters(query: Query, dice: np.random.Generator, among: dict[str, list[str]]) -> dict[str, str]:
    """Something of the graph for each parameter that must be given: a hub as often as a leaf, any source."""
    kinds = dict.fromkeys(("body", "a", "b", "funder"), "Agency") | {"source": "Source"}
    given = {}
    for parameter in query.parameters:
        if parameter.required and parameter.type is Type.ENTITY:
            ids = among[kinds.get(parameter.name, "Programme")]
            given[parameter.name] = ids[int(dice.integers(len(ids)))]
        elif parameter.required:
            given[parameter.name] = "row" if parameter.type is Type.TEXT else "1"
    return given


async def timed(asked: Callable[[], Awaitable[Any]]) -> float:
    started = time.perf_counter()
    with contextlib.suppress(ServiceError):
        await asked()
    return (time.perf_counter() - started) * 1000


def row(times: list[float]) -> dict[str, float]:
    first, *times = times
    return {
        "first_ms": round(first, 1),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "most_ms": round(max(times), 1),
    }


async def measure(store: Store) -> dict[str, dict[str, float]]:
    dice = np.random.default_rng(7)
    some = "MATCH (e:{}) WHERE e.dataset = 'country' WITH e, count {{ (e)--() }} AS n ORDER BY n DESC, e.id RETURN e.id"
    sources = (await store.read("MATCH (e:Source) RETURN e.id ORDER BY e.id")).rows
    hubs = {"Source": [each[0] for each in sources]}
    for kind in ("Agency", "Programme"):
        found = [each[0] for each in (await store.read(some.format(kind), limit=200_000, timeout=120)).rows]
        hubs[kind] = found[:20] + [found[int(i)] for i in dice.integers(len(found), size=60)]
    found, together = {}, []
    catalog = read_catalog()
    taken: dict[str, list[float]] = {query.name: [] for query in catalog}
    for _ in range(ROUNDS + 1):  # all by turns, so that none is always the first that a cold Neo4j is asked
        for query in catalog:
            questions = Questions(store, catalog)
            given = parameters(query, dice, hubs)
            revision = await store.revision()
            asked = partial(questions.run, query.name, given, Filters(), revision)
            taken[query.name].append(await timed(asked))
    for name, times in taken.items():
        found[name] = row(times)
        together += times[1:]
        print(f"{name:32} {found[name]}", flush=True)
    found[ALL] = row([max(each["first_ms"] for each in found.values()), *together])
    others: dict[str, Callable[[int], Awaitable[Any]]] = {
        "(name) resolve": lambda i: Names(store, ()).resolve(_NAMES[i % len(_NAMES)], "-"),
        "(name) search": lambda i: Names(store, ()).search(_NAMES[i % len(_NAMES)], None, 20),
        "(ask) as typed": lambda i: _ask(store, catalog, i),
        "(list) entities, first page": lambda i: store.read(text("service/entities"), _page(0)),
        "(list) entities, deep": lambda i: store.read(text("service/entities"), _page(90_000)),
        "(list) facts, first page": lambda i: store.read(text("service/facts"), _facts(0)),
        "(counts)": lambda i: store.read(text("service/counts")),
        "(datasets)": lambda i: store.read(text("service/datasets")),
        "(sources)": lambda i: store.read(text("service/sources")),
    }
    for name, ask in others.items():
        found[name] = row([await timed(lambda i=i, ask=ask: ask(i)) for i in range(ROUNDS // 2 + 1)])
        print(f"{name:32} {found[name]}", flush=True)
    return found


async def _ask(store: Store, catalog: Catalog, number: int) -> Any:
    typed = (
        "which partners share services with Winchester",
        "who funds superfast broadband",
        "what does Ashbridge Trust 17 fund",
        "tell me something about waste collection",
    )
    return await Questions(store, catalog).ask(typed[number % len(typed)], Filters(), await store.revision())


def _page(offset: int) -> dict[str, Any]:
    return {"kinds": None, "as_of": None, "known_at": None, "ids": None, "offset": offset, "limit": 50}


def _facts(offset: int) -> dict[str, Any]:
    free = dict.fromkeys(("sources", "subjects", "objects", "relations"))
    return {**free, **Filters().parameters(EVERY_MODALITY), "offset": offset, "limit": 50}


async def run(store: Store, organisations: int) -> None:
    held = {each[0] for each in (await store.read(text("service/datasets"), timeout=120)).rows}
    if "country" not in held:
        await load(store, read_seeds(Settings().seeds_dir))
        await load(store, country(organisations), "country")
    found = await measure(store)
    named = sorted(found.items(), key=lambda item: -item[1]["p95_ms"])
    lines = [
        f"{organisations:,} organisations, uncached, one client, 2 cores:",
        "",
        "| query | p50 ms | p95 ms | most ms | first, planned ms |",
        "|---|---:|---:|---:|---:|",
        *(f"| {name} | {r['p50_ms']} | {r['p95_ms']} | {r['most_ms']} | {r['first_ms']} |" for name, r in named),
    ]
    (_RESULTS / "size.json").write_text(
        json.dumps({"organisations": organisations, "queries": dict(named)}, indent=2) + "\n"
    )
    (_RESULTS / "size.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("organisations", type=int, nargs="?", default=100_000)
    parser.add_argument("--keep", type=Path, help="Folder of the Neo4j, to be used again.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        local = ManagedNeo4j(given.keep or Path(folder), Settings().cache_dir, memory="6g")
        running = local.start(lambda *_: None, prefer_ports=(0, 0))
        try:
            asyncio.run(run(Store(local.connection(running)), given.organisations))
        finally:
            local.stop()


if __name__ == "__main__":
    main()
