"""`joinedup neo4j start|stop|status`: the managed Neo4j by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from service.cli.progress import Steps
from service.cli.session import managed_neo4j
from service.errors import StartError
from service.settings import Settings

app = typer.Typer(help="The managed Neo4j by itself.", no_args_is_help=True)
DataDir = Annotated[Path | None, typer.Option(help="Folder of its data (JOINEDUP_DATA_DIR).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _settings(data_dir: Path | None) -> Settings:
    settings = Settings(data_dir=data_dir.expanduser().resolve()) if data_dir else Settings()
    if settings.connection is not None:
        raise StartError("NEO4J_URI names a Neo4j of yours, so joinedup runs none of its own")
    return settings


@app.command()
def start(data_dir: DataDir = None) -> None:
    """Start it and leave it running for `serve`, `load`, `ask` and `cypher`."""
    local, steps = managed_neo4j(_settings(data_dir)), Steps()
    running = local.start(steps, owned=False)
    steps.finish()
    connection = local.connection(running)
    print(f"Neo4j runs at {connection.uri} (process {running.pid}); browser: {connection.browser}")


@app.command()
def stop(data_dir: DataDir = None) -> None:
    """Stop it. Exit code 4 where it does not run."""
    if not managed_neo4j(_settings(data_dir)).stop():
        print("Neo4j does not run.")
        raise typer.Exit(4)
    print("Neo4j has stopped.")


@app.command()
def status(
    data_dir: DataDir = None,
    password: Annotated[
        bool, typer.Option("--password", help="Print its password, for Neo4j Browser or a driver.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say whether it runs, and where. Exit code 4 where it does not."""
    local = managed_neo4j(_settings(data_dir))
    running = local.running()
    if running is None:
        print(json.dumps({"running": False}) if as_json else "Neo4j does not run.")
        raise typer.Exit(4)
    connection = local.connection(running)
    if password and not as_json:
        print(connection.password)
    elif as_json:
        about = {"running": True, "pid": running.pid, "uri": connection.uri, "browser": connection.browser}
        secret = {"password": connection.password} if password else {}
        print(json.dumps(about | {"username": connection.username, "data": str(local.home)} | secret))
    else:
        print(f"Neo4j runs at {connection.uri} (process {running.pid}), user {connection.username}.")
        print(f"Browser: {connection.browser}\nPassword: joinedup neo4j status --password\nData: {local.home}")
