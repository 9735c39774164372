"""A Neo4j of our own: real Neo4j Community on loopback, with no Docker and no Java to install."""

from service.graph.local.files import Running
from service.graph.local.server import LocalNeo4j

__all__ = ["LocalNeo4j", "Running"]
