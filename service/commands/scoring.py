"""`joinedup score`."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from service.commands.opened import with_store
from service.commands.progress import Steps
from service.graph.store import Store
from service.queries.ties import Scope
from service.scores.composite import DEFAULT_WEIGHTS
from service.scores.metrics import METRICS, NETWORK_METRICS, ORGANISATION_METRICS
from service.settings import Settings
from service.web.render import as_csv
from service.web.scoring import Scored, Scoring

_SHOWN = ("collaboration", "breadth", "reach", "brokerage", "closeness", "constraint", "efficiency", "core")


def score(
    network: Annotated[bool, typer.Option("--network", help="Scores of the network instead of its bodies.")] = False,
    groups: Annotated[str, typer.Option(help="keep, expand or drop groups.")] = "keep",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Bodies at most.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Print collaboration scores: a table, CSV or JSON."""
    if groups not in {"keep", "expand", "drop"}:
        raise typer.BadParameter("groups are kept, expanded or dropped: keep, expand, drop", param_hint="--groups")

    async def work(store: Store) -> Scored:
        scoring = Scoring(store)
        try:
            return await scoring.scored(Scope(groups=groups), await store.revision())
        finally:
            scoring.close()

    scored = with_store(Settings(), Steps(), work)
    rows = _network(scored) if network else _organisations(scored)[:limit]
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")
    elif csv:
        sys.stdout.write(as_csv(rows))
    else:
        _print(rows, ("metric", "value", "says") if network else ("organisation", *_SHOWN))


def _network(scored: Scored) -> list[dict[str, Any]]:
    return [
        {
            "metric": name,
            "value": scored.board.network[name],
            "says": METRICS[name].says,
            "citation": METRICS[name].citation,
        }
        for name in NETWORK_METRICS
    ]


def _organisations(scored: Scored) -> list[dict[str, Any]]:
    rows = []
    for node, total in scored.collaboration(DEFAULT_WEIGHTS).items():
        body = scored.bodies[str(node)]
        values = {name: scored.board.organisations[name][node] for name in ORGANISATION_METRICS}
        named: dict[str, Any] = {
            "organisation": {"id": body.id, "name": body.name, "kind": body.kind},
            "collaboration": total.value,
        }
        rows.append(named | values)
    return sorted(
        rows, key=lambda row: (row["collaboration"] is None, -(row["collaboration"] or 0), row["organisation"]["id"])
    )


def _print(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in columns))
    Console(highlight=False).print(table)


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["name"])
    if isinstance(value, float):
        return f"{value:.3g}"
    return "–" if value is None else str(value)
