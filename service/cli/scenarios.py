"""`joinedup scenario`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from service.answers.ask import Questions
from service.answers.catalog import read_catalog
from service.cli.progress import Steps
from service.cli.session import with_store
from service.errors import UnknownResource
from service.exports.rows import as_csv, plain
from service.graph.revisions import of_one_revision
from service.graph.store import Store
from service.network.compute import Scoring
from service.scenarios.document import Scenario, read_scenario, shipped
from service.scenarios.what_if import against as compared
from service.scenarios.what_if import what_if
from service.settings import Settings


def scenario(
    file: Annotated[str, typer.Argument(help="A YAML or JSON file, or the name of one kept beside the seeds.")],
    against: Annotated[str | None, typer.Option(help="Another one, to compare with.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the effects as CSV.")] = False,
) -> None:
    """Run a what-if on a copy of the network: what it breaks, orphans and changes. Nothing in the graph changes.

    joinedup scenario hampshire-unitary
    joinedup scenario merger.yaml --against county-withdraws
    """
    settings = Settings()
    scenarios = [_scenario(settings, given) for given in (file, against) if given is not None]

    async def work(store: Store) -> list[dict[str, Any]]:
        questions, scoring = Questions(store, read_catalog()), Scoring(store)

        async def outcomes(revision: str) -> list[dict[str, Any]]:
            return [await what_if(store, questions, scoring, each, revision) for each in scenarios]

        try:
            return await of_one_revision(await store.revision(), store.revision, outcomes)
        finally:
            scoring.close()

    outcome, *others = with_store(settings, Steps(), work)
    if others:
        outcome["against"] = compared(outcome, others[0])
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(outcome, default=plain, option=orjson.OPT_INDENT_2) + b"\n")
    elif csv:
        sys.stdout.write(as_csv(outcome["effects"]))
    else:
        _show(outcome)


def _scenario(settings: Settings, given: str) -> Scenario:
    known = shipped(settings.seeds_dir)
    path = Path(given)
    if given in known and not path.exists():
        path = known[given]
    if not path.is_file():
        raise UnknownResource(
            f"no file {given!r}, and no scenario of that name; there are {', '.join(known) or 'none'}"
        )
    return read_scenario(path)


def _show(outcome: dict[str, Any]) -> None:
    console = Console(highlight=False)
    console.print(f"\n{outcome['title']}\n{outcome['note'] or ''}\n")
    for step in outcome["steps"]:
        console.print(f"{step['number']}. {step['says']}")
    _table(console, ("effect", "says", "step"), outcome["effects"])
    for row in outcome["via_group"]:
        console.print(f"by group only: {row['says']}")
    for total in outcome["orphaned"]:
        known = "nothing known" if total["total"] is None else f"{total['total']:,.0f} {total['currency']}"
        console.print(f"orphaned ({total['status']}): {known}; {total['unknown']} amounts not known")
    other = outcome.get("against")
    if other:
        console.print(f"\nBeside {other['titles'][1]!r}:")
        _table(console, ("metric", "before", "first", "second"), other["network"])
        for word, rows in (("only this", other["only_first"]), ("only the other", other["only_second"])):
            for row in rows:
                console.print(f"{word}: {row['says']}")
    else:
        _table(console, ("metric", "before", "after", "change"), outcome["scores"]["network"])
    console.print(outcome["says"])


def _table(console: Console, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in columns))
    if rows:
        console.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return "–" if value is None else str(value)
