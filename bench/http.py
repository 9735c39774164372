"""The same Cypher through joinedup and through Neo4j's own HTTP Query API, side by side, in one run on one machine.

    python bench/http.py [--seconds 5] [--clients 8]

Starts a Neo4j and two services of its own: one as it is, and one that keeps no answers. The clients are one process
with raw keep-alive connections, the same for all three, so that the client weighs alike on each. Every client asks
about another body each time, round and round. Writes bench/results/http.md, http.json and http.svg.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # not bench/, where this file would hide the standard library's `http`

import argparse
import asyncio
import base64
import json
import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from service.answers.catalog import read_catalog
from service.answers.filters import Filters
from service.graph.managed import ManagedNeo4j
from service.settings import Settings

RESULTS = Path(__file__).parent / "results"
QUERY = "partners-sharing-services"
BODIES = (
    *("hampshire-county-council", "winchester-city-council", "gosport-borough-council", "havant-borough-council"),
    *("portsmouth-city-council", "southampton-city-council", "hart-district-council", "isle-of-wight-council"),
    *("east-hampshire-district-council", "fareham-borough-council", "rushmoor-borough-council"),
)


@dataclass(frozen=True)
class Measured:
    name: str
    requests: int
    seconds: float
    p50_ms: float
    p95_ms: float
    bytes_each: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


async def _client(
    port: int, requests: list[bytes], until: float, offset: int, times: list[float], sizes: list[int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in cycle(requests[offset:] + requests[:offset]):
        if time.perf_counter() >= until:
            break
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        lower = head.lower()
        if b"content-length:" in lower:
            length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        else:
            length = 0
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
                length += size
            await reader.readline()
        if status not in {200, 202}:
            raise RuntimeError(f"status {status}: {head!r}")
        times.append(time.perf_counter() - started)
        sizes.append(length)
    writer.close()


def _load(port: int, requests: list[bytes], clients: int, seconds: float, out: Any) -> None:
    async def run() -> tuple[list[float], list[int], float]:
        times: list[float] = []
        sizes: list[int] = []
        started = time.perf_counter()
        tasks = [_client(port, requests, started + seconds, i % len(requests), times, sizes) for i in range(clients)]
        await asyncio.gather(*tasks)
        return times, sizes, time.perf_counter() - started

    out.put(asyncio.run(run()))


def measure(name: str, port: int, requests: list[bytes], clients: int, seconds: float) -> Measured:
    out: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=_load, args=(port, requests, clients, seconds, out))
    process.start()
    times, sizes, took = out.get(timeout=seconds + 60)
    process.join()
    ordered = sorted(times)
    return Measured(
        name,
        len(times),
        took,
        1000 * statistics.median(ordered),
        1000 * ordered[int(len(ordered) * 0.95)],
        round(statistics.mean(sizes)),
    )


def get(path: str, port: int) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n\r\n".encode()


def query_api(statement: str, parameters: dict[str, Any], port: int, password: str) -> bytes:
    body = json.dumps({"statement": statement, "parameters": parameters}).encode()
    token = base64.b64encode(f"neo4j:{password}".encode()).decode()
    head = (
        f"POST /db/neo4j/query/v2 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Basic {token}\r\n"
        f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(data: Path, port: int, cache_mb: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"JOINEDUP_CACHE_MB": str(cache_mb), "JOINEDUP_DATA_DIR": str(data / f"service-{port}")}
    command = [sys.executable, "-m", "service", "serve", "--port", str(port), "--no-load"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2)
            return process
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the service did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    query = read_catalog()[QUERY]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        local = ManagedNeo4j(data / "neo4j", Settings().cache_dir)
        running = local.start(lambda *_: None, prefer_ports=(0, 0))
        connection = local.connection(running)
        os.environ |= {"NEO4J_URI": connection.uri, "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": connection.password}
        subprocess.run([sys.executable, "-m", "service", "load"], check=True)
        kept_port, bare_port = free_port(), free_port()
        services = [serve(data, kept_port, 64), serve(data, bare_port, 0)]
        try:
            bound = Filters().parameters(query.modality)
            asked = {
                "Neo4j Query API": (
                    running.http,
                    [query_api(query.text, {"body": b, **bound}, running.http, connection.password) for b in BODIES],
                ),
                "joinedup, nothing kept": (bare_port, [get(f"/queries/{QUERY}?body={b}", bare_port) for b in BODIES]),
                "joinedup, graph unchanged": (
                    kept_port,
                    [get(f"/queries/{QUERY}?body={b}", kept_port) for b in BODIES],
                ),
            }
            for port, requests in asked.values():  # warm: plans, JIT, connections
                measure("", port, requests, options.clients, options.seconds)
            rounds = [
                [
                    measure(name, port, requests, options.clients, options.seconds)
                    for name, (port, requests) in asked.items()
                ]
                for _ in range(options.rounds)
            ]
        finally:
            for service in services:
                service.send_signal(signal.SIGINT)
                service.wait(20)
            local.stop()
    best = [sorted(column, key=lambda m: m.per_second)[len(column) // 2] for column in zip(*rounds, strict=True)]
    write(best, options)


def write(measured: list[Measured], options: argparse.Namespace) -> None:
    RESULTS.mkdir(exist_ok=True)
    base = measured[0].per_second
    lines = [
        "# The same Cypher over HTTP",
        "",
        f"`{QUERY}` for {len(BODIES)} bodies in turn, {options.clients} clients, {options.seconds:g} s a run, the "
        f"median of {options.rounds} runs taken in turn; {os.cpu_count()} cores shared by clients, service and Neo4j. "
        "Made by `python bench/http.py`.",
        "",
        "| through | requests/s | beside the Query API | median | 95th percentile | bytes an answer |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {m.name} | {m.per_second:,.0f} | {m.per_second / base:.2f} | {m.p50_ms:.1f} ms | {m.p95_ms:.1f} ms "
        f"| {m.bytes_each:,} |"
        for m in measured
    ]
    text = "\n".join(lines) + "\n"
    (RESULTS / "http.md").write_text(text)
    (RESULTS / "http.json").write_text(
        json.dumps([m.__dict__ | {"per_second": m.per_second} for m in measured], indent=2) + "\n"
    )
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 2.6))
    bars = axes.barh([m.name for m in measured], [m.per_second for m in measured], color=["#888", "#c2571a", "#0f5c66"])
    axes.bar_label(bars, [f"{m.per_second:,.0f}/s ({m.per_second / base:.2f}×)" for m in measured], padding=4)
    axes.set_xlabel("requests a second")
    axes.margins(x=0.25)
    axes.invert_yaxis()
    figure.tight_layout()
    figure.savefig(RESULTS / "http.svg", metadata={"Date": None})
    print(text)


if __name__ == "__main__":
    main()
