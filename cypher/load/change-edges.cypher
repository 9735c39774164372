// Change facts of one relation, which stands for KIND. Properties of ours that are gone come as null and go. What all rows share comes once, as $common.
UNWIND $rows AS row
MATCH ()-[f:KIND {fact: row.id}]->()
SET f += $common, f += row.properties
