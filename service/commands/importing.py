"""`joinedup import`: what others publish, as one unit that can be rehearsed and withdrawn whole."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from service.commands.loading import shown
from service.commands.opened import with_store
from service.commands.progress import Steps
from service.errors import UnknownResource
from service.facts.model import Seeds
from service.graph.load import SEEDS, LoadReport, load
from service.graph.store import Store
from service.graph.texts import text
from service.imports.authorities import SOURCE, Imported, Known, read_authorities
from service.settings import Settings

app = typer.Typer(help="Registers that others publish.", no_args_is_help=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def authorities(
    file: Annotated[Path, typer.Argument(help="mySociety's uk_local_authorities.csv.")],
    recorded: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the file; today if left out.")
    ] = None,
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
        body: dict[str, Any] = {"dry_run": dry_run, **report.as_dict(), "matched": imported.matched}
        print(json.dumps(body | {"review": imported.review}, ensure_ascii=False, indent=2))
        return
    for name, body_id, how in imported.matched:
        print(f"{name} is {body_id}, by {how}")
    for line in imported.review:
        print(f"for a person: {line}")
    print(shown(report))
    print(
        "A rehearsal: nothing has changed." if dry_run else f"Withdraw it whole with `joinedup import undo {SOURCE}`."
    )


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
