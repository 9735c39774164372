// Add nodes of one kind, whose labels stand for KIND.
UNWIND $rows AS row
CREATE (e:KIND)
SET e = row.properties
