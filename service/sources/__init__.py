"""The files of seeds/ as checked facts: parsed, then proved, without Neo4j."""
