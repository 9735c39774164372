"""Puts the rooms together: the only file that knows the pages and the command line both."""

from __future__ import annotations

from importlib import import_module

from starlette.types import ASGIApp

from service.cli import run
from service.connection import Connection
from service.settings import Settings


def create_app(settings: Settings, connection: Connection) -> ASGIApp:
    """The HTTP service on one Neo4j. It is imported for whoever serves only: that takes a second."""
    app: ASGIApp = import_module("service.web.app").create_app(settings, connection)
    return app


def main() -> None:
    """The command line: `joinedup`."""
    run(create_app)


if __name__ == "__main__":
    main()
