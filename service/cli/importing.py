"""`joinedup import`: what others publish, as one unit that can be rehearsed and withdrawn whole."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer

from service.cli.loading import shown
from service.cli.progress import Steps
from service.cli.session import with_store
from service.graph.load import LoadReport
from service.graph.store import Store
from service.identity.decisions import Verdict
from service.ingest.importer import Asked, DecisionsFile, Importer, Maker, importers
from service.model.rows import told
from service.operations import imports
from service.operations.imports import Done, Imported
from service.settings import Settings

app = typer.Typer(help="Registers, grants and tables that others publish.", no_args_is_help=True)

_MOST_SHOWN = 20
_COMMON = {
    "dry_run": Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")],
    "as_json": Annotated[bool, typer.Option("--json", help="Print JSON.")],
}


def add_command(to: typer.Typer, name: str, maker: Maker) -> None:
    """A command for what makes an importer: its parameters are those that the maker asks for, and two of all."""
    asked = {key: (hint, get_args(hint)[1]) for key, hint in get_type_hints(maker, include_extras=True).items()
             if get_origin(hint) is Annotated}  # fmt: skip
    given = inspect.signature(maker).parameters
    several = next((key for key, (_, how) in asked.items() if how.several), None)

    def command(**values: Any) -> None:
        dry_run, as_json = values.pop("dry_run"), values.pop("as_json")
        _import(_units(maker, several, values), dry_run=dry_run, as_json=as_json)

    hints = {key: _typed(key, hint, how, given[key].default) for key, (hint, how) in asked.items()} | _COMMON
    kind, empty = inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty
    defaults = {key: given[key].default if key in given else False for key in hints}
    parameters = [
        inspect.Parameter(key, kind, default=empty if key == several else defaults[key], annotation=hint)
        for key, hint in hints.items()
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = hints
    command.__doc__ = maker.__doc__
    to.command(name)(command)


def _typed(key: str, hint: Any, how: Asked, default: Any) -> Any:
    """How typer asks for it: a path that must be given is an argument, all else an option."""
    type_ = get_args(hint)[0]
    if default is inspect.Parameter.empty and not how.option:
        return Annotated[list[type_] if how.several else type_, typer.Argument(help=how.help)]  # type: ignore[valid-type]
    if date in get_args(type_):
        return Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=how.help)]
    flag = f"--{key.replace('_', '-')}"
    return Annotated[type_, typer.Option(flag, help=how.help)]


def _units(maker: Maker, several: str | None, values: dict[str, Any]) -> list[Sequence[Importer]]:
    values = {key: value.date() if isinstance(value, datetime) else value for key, value in values.items()}
    if "decisions" in values:
        values["decisions"] = values["decisions"] or Settings().decisions_path
    if several is None:
        return [maker(**values)]
    files = values.pop(several)
    if values.get("name") and len(files) > 1:
        raise typer.BadParameter("one name cannot be that of several imports", param_hint="--name")
    return [maker(**values, **{several: file}) for file in files]


for _name, _maker in importers().items():
    add_command(app, _name, _maker)


def _import(units: Sequence[Sequence[Importer]], *, dry_run: bool, as_json: bool) -> None:
    steps = Steps()

    async def work(store: Store) -> list[list[Done]]:
        return await imports.run_each(store, units, rehearse=dry_run, progress=steps)

    done = with_store(Settings(), steps, work)
    steps.finish()
    for unit in done:
        if as_json:
            print(json.dumps(_as_json(unit, dry_run), ensure_ascii=False, indent=2))
        else:
            for each in unit:
                _tell(each, dry_run)


def _as_json(unit: Sequence[Done], dry_run: bool) -> dict[str, Any]:
    """By dataset; where a file fills one, that stands at the top too."""
    only = unit[0].as_dict() if len(unit) == 1 else {}
    return {**only, "dry_run": dry_run, "datasets": {each.name: each.as_dict() for each in unit}}


def _tell(done: Done, dry_run: bool) -> None:
    found = done.found
    print(f"{done.name}:")
    _shown_some("recognised", [f"{match.given} is {match.id}, by {match.how}" for match in found.matched])
    for line in told(found.left_out):
        print(f"left out: {line}")
    _shown_some("for a person", found.review)
    for note in found.notes:
        print(note)
    if elsewhere := found.counts.get("held_by_other_imports"):
        print(f"{elsewhere} grants are held by other imports already, and stay theirs.")
    if awards := found.counts.get("awards"):
        print(f"{awards:,} grants in {done.seconds:.1f} s, {awards / done.seconds:,.0f} a second")
    print(shown(done.changes))
    print(
        "A rehearsal: nothing has changed."
        if dry_run
        else f"Withdraw it whole with `joinedup import undo {done.name}`."
    )


@app.command("decide")
def decide(
    one: Annotated[str, typer.Argument(help="An identifier, such as GB-CHC-1126147, or an id of the graph.")],
    other: Annotated[str, typer.Argument(help="Another.")],
    verdict: Annotated[Verdict | None, typer.Argument(help="What they are; left out with --undo.")] = None,
    why: Annotated[str, typer.Option(help="The reason, for the next person.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the decision back.")] = False,
    decisions: Annotated[Path | None, typer.Option("--decisions", help=get_args(DecisionsFile)[1].help)] = None,
) -> None:
    """Decide whether two identifiers mean one body: a line in the file of decisions.

    It holds from the next import of the files that name them.
    """
    if undo == (verdict is not None):
        raise typer.BadParameter("say same, different or unsure, or --undo")
    path = decisions or Settings().decisions_path
    count = imports.decide(path, one, other, verdict, why)
    print(f"{path} holds {count} decisions. Import the files again, and it holds in the graph.")


@app.command("list")
def list_imports() -> None:
    """List what was imported, with how much each holds."""

    async def work(store: Store) -> list[Imported]:
        return await imports.imports(store)

    for each in with_store(Settings(), Steps(), work):
        print(f"{each.name}: {each.entities} entities, {each.facts} facts")


@app.command()
def undo(name: Annotated[str, typer.Argument(help="What was imported, as `import list` names it.")]) -> None:
    """Withdraw an import whole. Exit code 4 where there is none of that name."""

    async def work(store: Store) -> LoadReport:
        return await imports.undo(store, name)

    print(shown(with_store(Settings(), Steps(), work)))


def _shown_some(what: str, lines: Sequence[str]) -> None:
    for line in lines[:_MOST_SHOWN]:
        print(f"{what}: {line}")
    if len(lines) > _MOST_SHOWN:
        print(f"{what}: {len(lines) - _MOST_SHOWN} more; --json lists them all")
