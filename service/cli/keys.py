"""`joinedup keys add|list|revoke`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.access.keys import READING, KeyRing, Scope
from service.settings import Settings

app = typer.Typer(help="Keys: as soon as there is one, a service asks for it.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Whose key it is, or what for; it stands in logs and metrics.")]

KeysFile = Annotated[Path | None, typer.Option(help="The file of keys (JOINEDUP_KEYS_FILE).")]


def _ring(keys_file: Path | None) -> KeyRing:
    return KeyRing(keys_file.expanduser().resolve() if keys_file else Settings().keys_path)


@app.command()
def add(
    name: Name,
    scope: Annotated[list[Scope] | None, typer.Option(help="read, cypher; may repeat. Both if left out.")] = None,
    expires: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day on which it opens.")] = None,
    keys_file: KeysFile = None,
) -> None:
    """Make a key and print it once; only its hash is kept. From the first one on a service that runs asks for keys."""
    ring = _ring(keys_file)
    key, token = ring.add(name, tuple(dict.fromkeys(scope or READING)), expires.date() if expires else None)
    print(token)
    until = f", until {key.expires}" if key.expires else ""
    Console(stderr=True).print(f"The key of {name} ({', '.join(key.scopes)}{until}). It is not shown again.")


@app.command("list")
def list_keys(keys_file: KeysFile = None) -> None:
    """List the keys: names, scopes and dates, never the keys themselves."""
    table = Table("name", "id", "scopes", "created", "expires", "revoked")
    for key in _ring(keys_file).listed():
        table.add_row(key.name, key.id, ", ".join(key.scopes), key.created, key.expires or "never", key.revoked or "")
    Console().print(table)


@app.command()
def revoke(name: Name, keys_file: KeysFile = None) -> None:
    """Revoke a key by name or id, at once also for a service that runs. After the last one nobody comes in."""
    ring = _ring(keys_file)
    key = ring.revoke(name)
    print(f"The key of {key.name} opens nothing any more.")
    if not ring.usable:
        print(
            f"No key in {ring.path} opens anything now, and keys are still asked for: `joinedup keys add` makes one. "
            "To ask for none on this machine, stop the service and move that file away."
        )
