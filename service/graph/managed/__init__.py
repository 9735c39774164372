"""A Neo4j of our own: real Neo4j Community on loopback, with no Docker and no Java to install."""

from service.graph.managed.files import Running
from service.graph.managed.server import ManagedNeo4j

__all__ = ["ManagedNeo4j", "Running"]
