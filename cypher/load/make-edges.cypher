// Add facts of one relation, which stands for KIND. What all rows share comes once, as $common.
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
CREATE (s)-[f:KIND]->(o)
SET f = $common, f += row.properties
