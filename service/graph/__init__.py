"""From facts to edges: the store (only it and its failures import the neo4j driver), the load, and a managed Neo4j."""
