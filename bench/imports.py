"""Rows a second of an import against a bare UNWIND of the same rows, in one run: `python -m bench.imports 100000`.

A country made up (bench/country.py) goes into a Neo4j of its own four times: by joinedup's load, which checks what is
there, numbers every fact and keeps all or nothing; by UNWIND through the driver in one transaction, which makes the
same promise; by UNWIND in a transaction for every 5,000 rows, which does not; and by joinedup's load again, which must
change nothing. `neo4j-admin database import` is for empty databases that are stopped: it is not run here.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j

from bench.country import country
from service.connection import Connection
from service.graph.load import load
from service.graph.managed import ManagedNeo4j
from service.graph.store import Store
from service.model.facts import Seeds
from service.model.properties import edge_properties, node_properties
from service.settings import Settings

_BATCH = 5000
_NODES = "UNWIND $rows AS row CREATE (e:KIND) SET e = row.properties"
_EDGES = """UNWIND $rows AS row MATCH (s:Entity {id: row.subject}) MATCH (o:Entity {id: row.object})
CREATE (s)-[f:KIND]->(o) SET f = row.properties"""
_RESULTS = Path(__file__).with_name("results")


def bare_rows(made: Seeds) -> list[tuple[str, list[dict[str, object]]]]:
    """The same rows as statements and batches, all made ready before the clock starts."""
    statements: dict[str, list[dict[str, object]]] = {}
    for entity in made.entities:
        properties = {k: v for k, v in node_properties(entity, "bare").items() if v is not None}
        statement = _NODES.replace("KIND", ":".join(entity.kind.labels))
        statements.setdefault(statement, []).append({"id": entity.id, "properties": properties})
    for fact in made.facts:
        properties = {k: v for k, v in edge_properties(fact, "bare").items() if v is not None}
        statement = _EDGES.replace("KIND", fact.relation)
        row = {"id": fact.id, "subject": fact.subject, "object": fact.object, "properties": properties}
        statements.setdefault(statement, []).append(row)
    return [
        (statement, rows[start : start + _BATCH])
        for statement, rows in statements.items()
        for start in range(0, len(rows), _BATCH)
    ]


def bare(connection: Connection, batches: list[tuple[str, list[dict[str, object]]]], *, together: bool) -> float:
    auth = (connection.username, connection.password)
    with neo4j.GraphDatabase.driver(connection.uri, auth=auth) as driver, driver.session() as session:
        started = time.perf_counter()
        if together:
            with session.begin_transaction() as transaction:
                for statement, rows in batches:
                    transaction.run(statement, rows=rows).consume()
                transaction.commit()
        else:
            for statement, rows in batches:
                session.run(statement, rows=rows).consume()
        return time.perf_counter() - started


async def ours(connection: Connection, made: Seeds) -> float:
    store = Store(connection)
    await store.ensure_schema()
    started = time.perf_counter()
    await load(store, made, "country")
    seconds = time.perf_counter() - started
    await store.close()
    return seconds


def fresh() -> Iterator[Connection]:
    """An empty Neo4j with the schema, its caches cold."""
    with tempfile.TemporaryDirectory() as folder:
        local = ManagedNeo4j(Path(folder), Settings().cache_dir, memory="6g")
        running = local.start(lambda *_: None, prefer_ports=(0, 0))
        try:
            connection = local.connection(running)
            asyncio.run(_schema(connection))
            yield connection
        finally:
            local.stop()


async def _schema(connection: Connection) -> None:
    store = Store(connection)
    await store.ensure_schema()
    await store.close()


def main() -> None:
    organisations = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = country(organisations)
    rows = len(made.entities) + len(made.facts)
    seconds: dict[str, float] = {}
    for connection in fresh():
        seconds["joinedup, one transaction"] = asyncio.run(ours(connection, made))
        seconds["joinedup again, nothing changes"] = asyncio.run(ours(connection, made))
    batches = bare_rows(made)
    for connection in fresh():
        seconds["bare UNWIND, one transaction"] = bare(connection, batches, together=True)
    for connection in fresh():
        seconds["bare UNWIND, a transaction a batch"] = bare(connection, batches, together=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report = {
        "organisations": organisations,
        "entities": len(made.entities),
        "facts": len(made.facts),
        "rows": rows,
        "peak_megabytes_with_the_rows_in_memory": peak,
        "ways": {name: {"seconds": round(s, 1), "rows_per_second": round(rows / s)} for name, s in seconds.items()},
    }
    lines = [
        f"{len(made.entities):,} entities and {len(made.facts):,} facts, 2 cores:",
        "",
        "| way | seconds | rows a second |",
        "|---|---:|---:|",
        *(f"| {name} | {s:.1f} | {rows / s:,.0f} |" for name, s in seconds.items()),
    ]
    _RESULTS.joinpath("imports.json").write_text(json.dumps(report, indent=2) + "\n")
    _RESULTS.joinpath("imports.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
