"""`joinedup check` and `joinedup load`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from service.answers.catalog import read_catalog
from service.cli.progress import Steps
from service.cli.session import at_start
from service.errors import SeedErrors
from service.graph.load import LoadReport
from service.graph.load import load as load_seeds
from service.graph.store import Store
from service.model.facts import Seeds
from service.scenarios.document import read_scenario, shipped
from service.settings import Settings
from service.sources.validate import read_seeds

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SeedsOption = Annotated[Path | None, typer.Option("--seeds", help="Folder of seeds; default is the project's own.")]


def check(seeds: SeedsOption = None, as_json: JsonOption = False) -> None:
    """Prove every quote, name, relation, kind, amount and date in seeds/, and read every file of cypher/read.

    Works without Neo4j. Reports all errors at once, with file, line and the nearest correct word; exit code 1.
    """
    folder = seeds or Settings().seeds_dir
    try:
        found = read_seeds(folder)
    except SeedErrors as error:
        if as_json:
            errors = [{"file": e.file, "line": e.line, "detail": e.detail, "quote": e.quote} for e in error.errors]
            print(json.dumps({"ok": False, "errors": errors}, ensure_ascii=False, indent=2))
            raise typer.Exit(1) from None
        raise
    catalog = read_catalog()
    scenarios = [read_scenario(path) for path in shipped(folder).values()]
    report = _counts(found) | {"ok": True, "queries": len(catalog.queries), "scenarios": len(scenarios)}
    report |= {"unnamed": [e.id for e in found.unnamed()]}
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return
    print(
        f"{report['sources']} sources, {report['entities']} entities, {report['facts']} facts "
        f"({report['amounts']} with amounts), {report['queries']} queries, "
        f"{report['scenarios']} scenarios: all true to their sources."
    )


def _counts(seeds: Seeds) -> dict[str, Any]:
    return {
        "sources": len(seeds.sources),
        "entities": len(seeds.entities),
        "facts": len(seeds.facts),
        "amounts": sum(fact.amount is not None for fact in seeds.facts),
    }


def load(seeds: SeedsOption = None, as_json: JsonOption = False) -> None:
    """Check the seeds and make the graph hold what they say: one transaction, all or nothing."""
    settings, steps = Settings(), Steps()
    found = read_seeds(seeds or settings.seeds_dir)

    async def work(store: Store) -> LoadReport:
        return await load_seeds(store, found)

    report = at_start(settings, steps, work)
    print(json.dumps(report.as_dict(), indent=2) if as_json else shown(report))


def shown(report: LoadReport) -> str:
    lines = [
        f"{what}: {c.added} added, {c.changed} changed, {c.removed} removed, {c.unchanged} unchanged"
        for what, c in (("entities", report.entities), ("facts", report.facts))
    ]
    if report.kept:
        lines.append(f"kept, because edges that others made need them: {', '.join(report.kept)}")
    return "\n".join(lines)
