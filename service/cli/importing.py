"""`joinedup import`: what others publish, as one unit that can be rehearsed and withdrawn whole."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from service.cli.loading import shown
from service.cli.progress import Steps
from service.cli.session import with_store
from service.errors import LoadConflict, UnknownResource
from service.graph.cypher_files import text
from service.graph.load import SEEDS, LoadReport, load, load_streams
from service.graph.store import Store
from service.identity.bodies import KnownBody
from service.identity.decisions import Decisions, Verdict
from service.ingest.authorities import SOURCE, Imported, Known, read_authorities
from service.ingest.grants import Grants, doubles_told, read_grants
from service.ingest.graphs import GraphFile
from service.ingest.mapping import read_mapping
from service.ingest.tables import KnownEntity, TableImport, read_table
from service.model.facts import Entity, Fact, Seeds
from service.settings import Settings

app = typer.Typer(help="Registers, grants and tables that others publish.", no_args_is_help=True)

_MOST_SHOWN = 20

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Recorded = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the file; today if left out.")
]
DecisionsFile = Annotated[
    Path | None, typer.Option("--decisions", help="File of reviewed doubles; decisions.csv in the data folder.")
]


@app.command()
def authorities(
    file: Annotated[Path, typer.Argument(help="mySociety's uk_local_authorities.csv.")],
    recorded: Recorded = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import the register of UK local authorities: bodies, lifetimes, successors, counties, combined authorities.

    A body that the graph holds already is recognised by code and name. A newer file of the same register updates, ends
    and adds; what another source says is never touched.
    """
    day = recorded.date() if recorded else date.today()

    async def work(store: Store) -> tuple[Imported, LoadReport]:
        table = await store.read(text("service/known-authorities"), {"dataset": SOURCE}, limit=1_000_000)
        known = [Known(row[0], row[1], row[2], tuple(row[3] or ())) for row in table.rows]
        imported = read_authorities(file, known, day)
        return imported, await load(store, imported.seeds, SOURCE, rehearse=dry_run)

    imported, report = with_store(Settings(), Steps(), work)
    if as_json:
        _print({"dry_run": dry_run, **report.as_dict(), "matched": imported.matched, "review": imported.review})
        return
    for name, body_id, how in imported.matched:
        print(f"{name} is {body_id}, by {how}")
    for line in imported.review:
        print(f"for a person: {line}")
    _finish(report, SOURCE, dry_run)


@app.command()
def grants(
    files: Annotated[list[Path], typer.Argument(help="Files of the 360Giving Data Standard: .json, .csv, .xlsx.")],
    name: Annotated[
        str | None, typer.Option(help="Name of the import, with one file; the file's own name if left out.")
    ] = None,
    schema: Annotated[Path | None, typer.Option(help="The standard's JSON schema, to check against all of it.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad grants out, and say which.")] = False,
    recorded: Recorded = None,
    decisions: DecisionsFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import grants: funders, recipients, awards with amount, currency, day and programme.

    Each file is one import, checked from end to end before anything is written. A newer file of the same name updates,
    ends and adds. Funders that are authorities are recognised; other ids stay apart, and likely doubles are listed.
    """
    settings, steps, day = Settings(), Steps(), recorded.date() if recorded else date.today()
    if name and len(files) > 1:
        raise typer.BadParameter("one name cannot be that of several imports", param_hint="--name")
    chosen = Decisions(decisions or settings.decisions_path)
    named = [(file, name or _slug(file.stem)) for file in files]

    def read(file: Path, dataset: str, known: Iterable[KnownBody]) -> Grants:
        return read_grants(file, dataset, known, chosen, recorded=day, schema=schema, skip_bad=skip_bad)

    async def work(store: Store) -> list[tuple[str, Grants, LoadReport, float]]:
        if len(files) > 1:
            for file, dataset in named:  # so that the last is known to be good before the first is written
                read(file, dataset, ())
        done = []
        for file, dataset in named:
            started = time.perf_counter()
            steps(f"Reading {file.name}", 0, 0)
            found = read(file, dataset, await _known(store, dataset))
            found.leave_out |= await _held_elsewhere(store, found, dataset)
            reports = await load_streams(store, {dataset: partial(_streamed, found)}, rehearse=dry_run, progress=steps)
            done.append((dataset, found, reports[dataset], time.perf_counter() - started))
        steps.finish()
        return done

    for dataset, found, report, seconds in with_store(settings, steps, work):
        _tell_grants(dataset, found, report, seconds, dry_run, as_json)


@app.command("csv")
def table(
    file: Annotated[Path, typer.Argument(help="A table with a header: .csv or .xlsx.")],
    mapping: Annotated[Path, typer.Option(help="YAML file that says what its columns are; see seeds/README.md.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import a table of your own: partner, programme, role, from, to, amount, source.

    Names that the graph knows are recognised; one that fits several is an error that lists them.
    """
    mapped = read_mapping(mapping)

    async def work(store: Store) -> tuple[TableImport, LoadReport]:
        bound = {"dataset": mapped.name}
        rows = (await store.read(text("service/known-entities"), bound, limit=5_000_000, timeout=120)).rows
        known = (KnownEntity(id_, name, kind, tuple(keys or ()), ended) for id_, name, kind, keys, ended in rows)
        found = read_table(file, mapped, known)
        return found, await load(store, found.seeds, mapped.name, rehearse=dry_run)

    found, report = with_store(Settings(), Steps(), work)
    if as_json:
        _print({"name": mapped.name, "dry_run": dry_run, **report.as_dict(), "matched": found.matched})
        return
    _shown_some("recognised", [f"{name} is {body}" for name, body in found.matched])
    _finish(report, mapped.name, dry_run)


@app.command()
def graph(
    path: Annotated[Path, typer.Argument(help="What `joinedup export` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where the graph holds its datasets already.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import an export: the same entities and facts, each for the dataset that it came from, in one transaction."""
    file, steps = GraphFile(path), Steps()
    streams = {name: partial(_of_export, file, name) for name in file.datasets}

    async def work(store: Store) -> dict[str, LoadReport]:
        held = {row[0] for row in (await store.read(text("service/datasets"))).rows} & set(streams)
        if held and not replace:
            raise LoadConflict(
                f"the graph holds {', '.join(sorted(held))} already; what the export lacks of it would go. "
                "Say --replace to have exactly what the export says"
            )
        reports = await load_streams(store, streams, rehearse=dry_run, progress=steps)
        steps.finish()
        return reports

    reports = with_store(Settings(), steps, work)
    if as_json:
        _print({"dry_run": dry_run, "datasets": {name: report.as_dict() for name, report in reports.items()}})
        return
    for name, report in reports.items():
        print(f"{name}:\n{shown(report)}")
    if dry_run:
        print("A rehearsal: nothing has changed.")


def _of_export(file: GraphFile, name: str) -> tuple[Iterable[Entity], Iterable[Fact]]:
    return file.entities(name), file.facts(name)


@app.command("decide")
def decide(
    one: Annotated[str, typer.Argument(help="An identifier, such as GB-CHC-1126147, or an id of the graph.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    verdict: Annotated[Verdict | None, typer.Argument(help="What they are; left out with --undo.")] = None,
    why: Annotated[str, typer.Option(help="The reason, for the next person.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the decision back.")] = False,
    decisions: DecisionsFile = None,
) -> None:
    """Decide whether two identifiers mean one body: a line in the file of decisions.

    It holds from the next import of the files that name them.
    """
    chosen = Decisions(decisions or Settings().decisions_path)
    if undo == (verdict is not None):
        raise typer.BadParameter("say same, different or unsure, or --undo")
    if verdict is None:
        chosen.undo(one, other)
    else:
        chosen.decide(one, other, verdict, why)
    print(f"{chosen.path} holds {len(chosen.all)} decisions. Import the files again, and it holds in the graph.")


@app.command("list")
def list_imports() -> None:
    """List what was imported, with how much each holds."""

    async def work(store: Store) -> list[list[Any]]:
        return (await store.read(text("service/datasets"))).rows

    for name, nodes, edges in with_store(Settings(), Steps(), work):
        if name != SEEDS:
            print(f"{name}: {nodes} entities, {edges} facts")


@app.command()
def undo(name: Annotated[str, typer.Argument(help="What was imported, as `import list` names it.")]) -> None:
    """Withdraw an import whole. Exit code 4 where there is none of that name."""

    async def work(store: Store) -> LoadReport:
        held = {row[0] for row in (await store.read(text("service/datasets"))).rows} - {SEEDS}
        if name not in held:
            raise UnknownResource(
                f"nothing was imported as {name!r}; there is {', '.join(sorted(held)) or 'no import'}"
            )
        return await load(store, Seeds((), (), ()), name)

    print(shown(with_store(Settings(), Steps(), work)))


def _streamed(found: Grants) -> tuple[Iterable[Entity], Iterable[Fact]]:
    return found.entities(), found.facts()


async def _known(store: Store, dataset: str) -> list[KnownBody]:
    table = await store.read(text("service/known-bodies"), {"dataset": dataset}, limit=5_000_000, timeout=120)
    return [
        KnownBody(id_, name, kind, org_id, code, tuple(keys or ()), ended)
        for id_, name, kind, org_id, code, keys, ended in table.rows
    ]


async def _held_elsewhere(store: Store, found: Grants, dataset: str) -> frozenset[str]:
    """Grants that another import holds already, by the identifier that the standard makes unique."""
    held: set[str] = set()
    awards = found.awards_named()
    for start in range(0, len(awards), 10_000):
        bound = {"awards": awards[start : start + 10_000], "dataset": dataset}
        table = await store.read(text("service/known-awards"), bound, limit=10_000, timeout=60)
        held |= {row[0] for row in table.rows}
    return frozenset(held)


def _tell_grants(dataset: str, found: Grants, report: LoadReport, seconds: float, dry_run: bool, as_json: bool) -> None:
    doubles = found.bodies.doubles()
    elsewhere = len(found.leave_out) - len({row.line for row in found.bad})
    if as_json:
        _print(
            {
                "name": dataset,
                "dry_run": dry_run,
                **report.as_dict(),
                "awards": found.awards,
                "to_individuals": found.to_people,
                "held_by_other_imports": max(elsewhere, 0),
                "left_out": [str(row) for row in found.bad],
                "matched": [(org_id, *match) for org_id, match in found.bodies.matched.items()],
                "review": doubles_told(doubles),
            }
        )
        return
    for org_id, (body, how) in list(found.bodies.matched.items())[:_MOST_SHOWN]:
        print(f"{org_id} is {body}, by {how}")
    _shown_some("left out", [str(row) for row in found.bad])
    _shown_some("for a person", doubles_told(doubles))
    if doubles:
        print("Decide with `joinedup import decide ONE OTHER same|different|unsure`, and import again.")
    if found.to_people:
        print(f"{found.to_people} grants to individuals are not in the graph: no person becomes a part of it.")
    if elsewhere > 0:
        print(f"{elsewhere} grants are held by other imports already, and stay theirs.")
    print(f"{found.awards:,} grants in {seconds:.1f} s, {found.awards / seconds:,.0f} a second")
    _finish(report, dataset, dry_run)


def _shown_some(what: str, lines: Sequence[str]) -> None:
    for line in lines[:_MOST_SHOWN]:
        print(f"{what}: {line}")
    if len(lines) > _MOST_SHOWN:
        print(f"{what}: {len(lines) - _MOST_SHOWN} more; --json lists them all")


def _finish(report: LoadReport, name: str, dry_run: bool) -> None:
    print(shown(report))
    print("A rehearsal: nothing has changed." if dry_run else f"Withdraw it whole with `joinedup import undo {name}`.")


def _print(body: dict[str, Any]) -> None:
    print(json.dumps(body, ensure_ascii=False, indent=2))


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "grants"
