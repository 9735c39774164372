"""`joinedup keys add|list|revoke`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.settings import Settings
from service.web.keys import KeyRing, Scope

app = typer.Typer(help="Keys for a service that other machines reach.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Whose key it is, or what for; it stands in logs and metrics.")]


def _ring() -> KeyRing:
    return KeyRing(Settings().keys_path)


@app.command()
def add(
    name: Name,
    scope: Annotated[list[Scope] | None, typer.Option(help="read, cypher; may repeat. Both if left out.")] = None,
    expires: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day on which it opens.")] = None,
) -> None:
    """Make a key and print it once; only its hash is kept."""
    ring = _ring()
    key, token = ring.add(name, tuple(dict.fromkeys(scope or list(Scope))), expires.date() if expires else None)
    print(token)
    until = f", until {key.expires}" if key.expires else ""
    Console(stderr=True).print(f"The key of {name} ({', '.join(key.scopes)}{until}). It is not shown again.")


@app.command("list")
def list_keys() -> None:
    """List the keys: names, scopes and dates, never the keys themselves."""
    table = Table("name", "id", "scopes", "created", "expires", "revoked")
    for key in _ring().listed():
        table.add_row(key.name, key.id, ", ".join(key.scopes), key.created, key.expires or "never", key.revoked or "")
    Console().print(table)


@app.command()
def revoke(name: Name) -> None:
    """Revoke a key by name or id, at once also for a service that runs."""
    key = _ring().revoke(name)
    print(f"The key of {key.name} opens nothing any more.")
