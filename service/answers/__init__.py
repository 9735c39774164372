"""From Cypher files to answers: statement, catalog, names, ask."""
