// Editions of sources that are not there yet, each numbered after those of its source.
UNWIND $rows AS row
OPTIONAL MATCH (other:Edition {source: row.source})
WITH row, count(other) AS others
MERGE (n:Edition {id: row.id})
ON CREATE SET n += row.properties, n.source = row.source, n.number = others + 1
