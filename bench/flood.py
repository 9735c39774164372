"""Named queries while hostile statements come too, and a write until readers see it: `python -m bench.flood`.

The seeds in one Neo4j, the service and all clients on the same machine; no answer is one that is kept. Tests assert
what comes of it; the seconds are measured here. Writes bench/results/flood.md.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

import httpx

from bench.served import neo4j, serving
from service.connection import Connection
from service.graph.store import Store, Writing

QUESTIONS = (
    "/ask?q=which partners share services with Winchester",
    "/ask?q=who funds superfast broadband",
    "/queries/depends-on?body=HCC",
    "/entities/winchester-city-council",
    "/facts?limit=20",
    "/funding/programmes/superfast-broadband",
)
HOSTILE = (
    "MATCH (n) DETACH DELETE n",
    "UNWIND range(1, 1000000000000) AS x RETURN count(x)",
    "MATCH p = (a)-[*]-(b) RETURN count(p)",
    "LOAD CSV FROM 'file:///etc/passwd' AS r RETURN r",
    "RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(.*a){12}b'",
)


async def named(http: httpx.AsyncClient, clients: int, first: date) -> list[float]:
    """Seconds of each of as many named queries at once. A day of its own makes each answer one that is not kept."""

    async def ask(i: int) -> float:
        path = QUESTIONS[i % len(QUESTIONS)]
        started = time.perf_counter()
        answer = await http.get(f"{path}{'&' if '?' in path else '?'}as_of={first + timedelta(days=i)}")
        assert answer.status_code == 200, answer.text[:300]
        return time.perf_counter() - started

    return list(await asyncio.gather(*(ask(i) for i in range(clients))))


async def attack(http: httpx.AsyncClient, statements: int) -> list[int]:
    """The status of each of as many hostile statements at once."""

    async def send(i: int) -> int:
        return (await http.post("/cypher", json={"statement": HOSTILE[i % len(HOSTILE)]})).status_code

    return list(await asyncio.gather(*(send(i) for i in range(statements))))


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


async def seen(http: httpx.AsyncClient, store: Store, times: int) -> list[float]:
    """Seconds from the end of a write until the service answers from it."""

    async def add(writing: Writing) -> None:
        await writing.run("CREATE (:Probe)")

    seconds = []
    for _ in range(times):
        await store.write(add)
        written, revision = time.perf_counter(), await store.revision()
        while (await http.get("/readyz")).json().get("revision") != revision:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        seconds.append(time.perf_counter() - written)
    return seconds


async def measure(address: str, connection: Connection) -> list[tuple[str, float]]:
    store = Store(connection)
    async with httpx.AsyncClient(base_url=address, timeout=600, limits=httpx.Limits(max_connections=200)) as http:
        await named(http, 20, date(2012, 1, 1))
        calm = p95(await named(http, 180, date(2014, 1, 1)))
        attacked, _ = await asyncio.gather(named(http, 180, date(2015, 1, 1)), attack(http, 20))
        visible = await seen(http, store, 50)
    await store.close()
    return [
        ("180 named queries at once, 95th percentile", calm),
        ("the same beside 20 hostile statements, 95th percentile", p95(attacked)),
        ("a write until readers see it, median of 50", statistics.median(visible)),
        ("a write until readers see it, longest of 50", max(visible)),
    ]


if __name__ == "__main__":
    before = os.getloadavg()[0]
    with neo4j() as connection, serving(connection) as address:
        rows = asyncio.run(measure(address, connection))
    load = f"{before:.1f} before, {os.getloadavg()[0]:.1f} at the end"
    lines = [f"The service, Neo4j and the clients on the same {os.cpu_count()} cores, load {load}.", ""]
    lines += ["| | seconds |", "|---|---:|"]
    lines += [f"| {what} | {seconds:.2f} |" for what, seconds in rows]
    Path(__file__).with_name("results").joinpath("flood.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(*lines, sep="\n")
