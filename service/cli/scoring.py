"""`joinedup score`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from service.answers.catalog import read_catalog
from service.answers.filters import Filters
from service.cli.asking import LeaveOut
from service.cli.progress import Steps
from service.cli.session import with_store
from service.exports.rows import as_csv, plain
from service.graph.revisions import of_one_revision
from service.graph.store import Store
from service.identity.names import Names
from service.model.vocabulary import Basis, Modality, Tying
from service.network.compute import Scored, Scoring
from service.network.tables import missing_rows, network_rows, organisation_rows, pair_rows, read_weights
from service.network.ties import DEFAULT_RELATIONS, Ranked, Scope
from service.settings import Settings

Groups = StrEnum("Groups", {"keep": "keep", "expand": "expand", "drop": "drop"})
Named = StrEnum("Named", {"any": "any"})
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what held, or was known, on this day.")]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "network": ("metric", "value", "says"),
    "organisations": ("rank", "organisation", "collaboration", "breadth", "reach", "brokerage", "constraint", "core"),
    "pairs": ("a", "b", "strength", "shared", "jaccard", "overlap", "cosine"),
    "missing": ("a", "b", "index"),
}


def score(
    network: Annotated[bool, typer.Option("--network", help="Scores of the network instead of its bodies.")] = False,
    pairs: Annotated[bool, typer.Option("--pairs", help="Pairs that share something, the strongest first.")] = False,
    missing: Annotated[bool, typer.Option("--missing", help="Likely partners that share nothing yet.")] = False,
    organisation: Annotated[str | None, typer.Option(help="Only pairs with this body.")] = None,
    sort: Annotated[str, typer.Option(help="collaboration, or a metric; the highest first.")] = "collaboration",
    weight: Annotated[list[str] | None, typer.Option(help="Of the collaboration score, breadth:2; may repeat.")] = None,
    relation: Annotated[list[Tying] | None, typer.Option(help="Relations that tie; may repeat.")] = None,
    groups: Annotated[Groups, typer.Option(help="A group: one node, its known members, or left out.")] = Groups.keep,
    kind: Annotated[
        list[Ranked] | None, typer.Option(help="Kinds that rank; may repeat. Without it all but groups.")
    ] = None,
    named: Annotated[
        Named | None, typer.Option(help="any: bodies that stand for somebody whom no source names rank too.")
    ] = None,
    basis: Annotated[list[Basis] | None, typer.Option(help="Only such bases; may repeat.")] = None,
    modality: Annotated[list[Modality] | None, typer.Option(help="Only such modalities; may repeat.")] = None,
    as_of: Day = None,
    known_at: Day = None,
    disputed: LeaveOut = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="Rows at most.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Print collaboration scores: a table, CSV or JSON, under a scope that every option makes explicit."""
    if network + pairs + missing > 1:
        raise typer.BadParameter("choose one of --network, --pairs and --missing")
    scope = Scope(
        tuple(sorted(set(relation or DEFAULT_RELATIONS))),
        Filters(
            as_of.date() if as_of else None,
            known_at.date() if known_at else None,
            tuple(each.value for each in basis or ()) or None,
            tuple(each.value for each in modality or ()) or None,
            disputed is None,
        ),
        groups.value,
        tuple(sorted(set(kind or ()))),
        unnamed=named is not None,
    )
    weights = read_weights(weight or [])
    what = "network" if network else "pairs" if pairs else "missing" if missing else "organisations"

    async def work(store: Store) -> tuple[Scored, list[dict[str, Any]]]:
        scoring = Scoring(store)
        names = Names(store, read_catalog().vocabulary)

        async def scores(revision: str) -> tuple[Scored, str | None]:
            of = (await names.resolve(organisation, revision)).id if organisation else None
            return await scoring.scored(scope, revision), of

        try:
            scored, of = await of_one_revision(await store.revision(), store.revision, scores)
            return scored, _rows(scored, of, weights, sort, limit)[what]()
        finally:
            scoring.close()

    scored, rows = with_store(Settings(), Steps(), work)
    if as_json:
        sizes = {"n": scored.scorecard.n, "m": scored.scorecard.m, "without_a_tie": scored.without_a_tie}
        body = {"scope": scope.as_json(), **sizes, "results": rows}
        sys.stdout.buffer.write(orjson.dumps(body, default=plain, option=orjson.OPT_INDENT_2) + b"\n")
    elif csv:
        sys.stdout.write(as_csv(rows))
    else:
        _print(rows, _COLUMNS[what])


def _rows(
    scored: Scored, of: str | None, weights: Mapping[str, float], sort: str, limit: int
) -> dict[str, Callable[[], list[dict[str, Any]]]]:
    return {
        "network": lambda: network_rows(scored),
        "organisations": lambda: organisation_rows(scored, weights, sort)[:limit],
        "pairs": lambda: pair_rows(scored, of, 0, limit)[1],
        "missing": lambda: missing_rows(scored, of, 0, limit)[1],
    }


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
