// Change facts of one relation, which stands for RELATION. Properties of ours that are gone come as null and go.
UNWIND $rows AS row
MATCH ()-[f:RELATION {fact: row.id}]->()
SET f += row.properties
