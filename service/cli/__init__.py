"""The commands of `joinedup`, one file each kind. Exit codes: 0 done, 1 failed, 2 usage, 3 ambiguous, 4 unknown."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from importlib import import_module

import typer
from pydantic import ValidationError
from starlette.types import ASGIApp

from service.answers.pattern import renamed
from service.connection import Connection
from service.errors import AmbiguousName, ServiceError, UnknownResource
from service.settings import Settings

AppFactory = Callable[[Settings, Connection], ASGIApp]
"""Makes the HTTP service on one Neo4j."""

_MODULES = {
    "serve": "serving",
    "check": "loading",
    "load": "loading",
    "ask": "asking",
    "cypher": "cypher",
    "score": "scoring",
    "scenario": "scenarios",
    "read": "documents",
    "draft": "documents",
    "import": "importing",
    "export": "exporting",
    "keys": "keys",
    "neo4j": "neo4j",
}
_FREE_WORDS = {name: {"ignore_unknown_options": True, "allow_extra_args": True} for name in ("ask", "export")}


def commands(wanted: str | None) -> typer.Typer:
    """The application with one command, or with all where `wanted` is none of them.

    What one command needs takes up to two seconds to import; no command waits for what the others need.
    """
    app = typer.Typer(
        name="joinedup",
        help="Who works with whom in public service, with the sentence that says so.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_no_command)
    for name, module in _MODULES.items():
        if wanted in _MODULES and name != wanted:
            continue
        found = import_module(f"service.cli.{module}")
        if hasattr(found, "app"):
            app.add_typer(found.app, name=name)
        else:
            app.command(name, context_settings=_FREE_WORDS.get(name))(getattr(found, name))
    return app


def _no_command() -> None:
    """Who works with whom in public service, with the sentence that says so."""


def run(create_app: AppFactory) -> None:
    """Run a command; what goes wrong on purpose is a message for people, never a stack trace.

    `create_app` makes the HTTP service for `serve`: the command line itself does not know the pages.
    """
    try:
        commands(sys.argv[1] if len(sys.argv) > 1 else None)(obj=create_app)
    except ServiceError as error:
        print(f"{error.title}:\n{error}", file=sys.stderr)
        for each in error.extra.get("candidates") or error.extra.get("nearest") or []:
            print(f"  {each['id']}  ({each['kind']}: {each['name']})", file=sys.stderr)
            if given := error.extra.get("given"):
                print(f"    joinedup {renamed(shlex.join(sys.argv[1:]), given, each['id'])}", file=sys.stderr)
        sys.exit(3 if isinstance(error, AmbiguousName) else 4 if isinstance(error, UnknownResource) else 1)
    except ValidationError as error:
        print("A setting is wrong:", file=sys.stderr)
        for each in error.errors():
            print(f"  {'.'.join(map(str, each['loc']))}: {each['msg']}, found {each['input']!r}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
