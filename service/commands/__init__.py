"""The commands of `joinedup`, one file each kind. Exit codes: 0 done, 1 failed, 2 usage, 3 ambiguous, 4 unknown."""

from __future__ import annotations

import os
import sys

import typer
from pydantic import ValidationError

from service.commands import asking, cypher, keys, loading, neo4j, scenarios, scoring, serving
from service.errors import AmbiguousName, ServiceError, UnknownResource

app = typer.Typer(
    name="joinedup",
    help="Who works with whom in public service, with the sentence that says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(serving.serve)
app.command()(loading.check)
app.command()(loading.load)
app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})(asking.ask)
app.command()(cypher.cypher)
app.command()(scoring.score)
app.command()(scenarios.scenario)
app.add_typer(keys.app, name="keys")
app.add_typer(neo4j.app, name="neo4j")


def main() -> None:
    """Run a command; what goes wrong on purpose is a message for people, never a stack trace."""
    try:
        app()
    except ServiceError as error:
        print(f"{error.title}:\n{error}", file=sys.stderr)
        for candidate in error.extra.get("candidates") or []:
            print(f"  {candidate['id']}  ({candidate['kind']}: {candidate['name']})", file=sys.stderr)
        sys.exit(3 if isinstance(error, AmbiguousName) else 4 if isinstance(error, UnknownResource) else 1)
    except ValidationError as error:
        print("A setting is wrong:", file=sys.stderr)
        for each in error.errors():
            print(f"  {'.'.join(map(str, each['loc']))}: {each['msg']}, found {each['input']!r}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
