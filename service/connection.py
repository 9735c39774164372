"""Where a Neo4j is and how to get in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Connection:
    """An address and credentials. The password is never shown."""

    uri: str
    username: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None
    browser: str | None = None
    """Address of Neo4j Browser and of the HTTP API, where known."""
