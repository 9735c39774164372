"""`joinedup serve`."""

from __future__ import annotations

import logging
import shlex
import socket
import sys
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn

from service.access.hosts import is_loopback
from service.access.keys import KeyRing
from service.answers.catalog import check_catalog, read_catalog
from service.cli import AppFactory
from service.cli.progress import Steps
from service.cli.session import held, opened_neo4j
from service.connection import Connection
from service.errors import StartError
from service.graph.load import LoadReport, load
from service.graph.migration import prepare
from service.graph.store import Store
from service.model.facts import Seeds
from service.settings import Settings
from service.sources.validate import read_seeds

_COMMAND = Path(sys.executable).parent / "joinedup"


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on (JOINEDUP_HOST, 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on (JOINEDUP_PORT, 8000).")] = None,
    data_dir: Annotated[
        Path | None, typer.Option(help="Folder of the managed Neo4j's data (JOINEDUP_DATA_DIR).")
    ] = None,
    load_seeds: Annotated[bool, typer.Option("--load/--no-load", help="Check and load the seeds first.")] = True,
) -> None:
    """Start Neo4j where none is named, check and load the seeds, and serve until Ctrl-C."""
    given: dict[str, Any] = {"host": host, "port": port, "data_dir": data_dir and data_dir.expanduser().resolve()}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    steps = Steps()
    keys = _keys(settings)
    listening = _listen(settings.host, settings.port)
    seeds = read_seeds(settings.seeds_dir) if load_seeds else None
    with suppress(KeyboardInterrupt), listening, _held(settings), opened_neo4j(settings, steps) as opened:
        report = None
        if seeds is not None or opened.managed:  # where neither is, a Neo4j that is away is 503 until it comes
            report = opened.start_with(lambda store: _prepare(store, seeds, settings), steps)
        if report is not None:
            facts = report.facts
            steps.say(f"Loaded {facts.added + facts.changed} facts, {facts.unchanged} were there already")
        create_app: AppFactory = context.obj
        app = create_app(settings, opened.connection)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=5, server_header=False
        )
        _Server(config, _addresses(listening, opened.connection, settings, keys)).run(sockets=[listening])
        steps.say("Stopping ...")


def _keys(settings: Settings) -> str:
    """Whether keys are asked for, in words. Raises StartError where nobody of those who reach it could come in."""
    ring, here = KeyRing(settings.keys_path, settings.secret_key), is_loopback(settings.host)
    ring.listed()
    if ring.usable:
        return "asked for"
    if not here:
        raise StartError(
            f"{settings.host} is reached from other machines, and {settings.keys_path} holds no key: make one with "
            "`joinedup keys add NAME`, set JOINEDUP_KEY, or listen on 127.0.0.1"
        )
    add = shlex.join([str(_COMMAND), "keys", "add", "NAME", "--keys-file", str(settings.keys_path.absolute())])
    if ring.asked_for:
        return f"asked for, and none opens: all are revoked or expired. One more:\n                 {add}"
    return f"not asked for on this machine. From the first one on they are:\n                 {add}"


def _held(settings: Settings) -> AbstractContextManager[None]:
    """The data folder is held where a Neo4j lives in it; beside one at NEO4J_URI any number of services may run."""
    return held(settings.data_dir) if settings.connection is None else nullcontext()


class _Server(uvicorn.Server):
    """Says where it is once it listens."""

    def __init__(self, config: uvicorn.Config, addresses: str) -> None:
        super().__init__(config)
        self._addresses = addresses

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            print(self._addresses, flush=True)


async def _prepare(store: Store, seeds: Seeds | None, settings: Settings) -> LoadReport | None:
    """What must be in the graph before it is served: the schema, the seeds; and every query planned."""
    await prepare(store)
    report = await load(store, seeds) if seeds is not None else None
    await check_catalog(read_catalog(), store, settings.cache_dir)
    return report


def _listen(host: str, port: int) -> socket.socket:
    """Take the port first of all: a port in use is said at once, not after Neo4j has started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise StartError(
            f"port {port} of {host} cannot be taken ({error.strerror}); stop what uses it, or choose another with "
            f"--port (make serve PORT={port + 1})"
        ) from error
    return listening


def _addresses(listening: socket.socket, connection: Connection, settings: Settings, keys: str) -> str:
    host, port = listening.getsockname()[:2]
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    lines = [f"\n  Page           {base}/", f"  API            {base}/docs", f"  Keys           {keys}"]
    if connection.browser:
        lines.append(
            f"  Neo4j Browser  {connection.browser}  (connect to {connection.uri}, user {connection.username},"
        )
        lines.append(f"                 password: {_COMMAND} neo4j status --password --data-dir {settings.data_dir})")
    return "\n".join([*lines, "  Ctrl-C stops everything.\n"])
