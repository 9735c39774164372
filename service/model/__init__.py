"""From files to checked facts: the model, reading, and verifying. Nothing here needs Neo4j."""
