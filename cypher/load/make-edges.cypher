// Add facts of one relation, which stands for RELATION.
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
CREATE (s)-[f:RELATION]->(o)
SET f = row.properties
