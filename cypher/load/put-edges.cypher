// Add or change facts.
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
MERGE (s)-[f:$(row.relation) {fact: row.id}]->(o)
SET f += row.properties
