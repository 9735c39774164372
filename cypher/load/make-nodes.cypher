// Add nodes of one kind, whose labels stand for KIND. What all rows share comes once, as $common.
UNWIND $rows AS row
CREATE (e:KIND)
SET e = $common, e += row.properties
