"""From Cypher files to answers: catalogue, statements, evidence, sentences."""
