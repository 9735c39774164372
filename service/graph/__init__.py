"""From facts to edges: the store (the only importer of the neo4j driver), the load, and a managed Neo4j."""
