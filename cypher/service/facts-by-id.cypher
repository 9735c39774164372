// Facts with both their ends, in full.
UNWIND $ids AS id
MATCH (s)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */ {fact: id}]->(o)
RETURN /* fact(s, f, o) */ f.fact AS id, s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.role AS role, f.amount AS amount, f.currency AS currency, f.joint AS joint, f.basis AS basis, f.modality AS modality, f.source AS source, f.quote AS quote, f.line AS line, f.start AS start, f.note AS note, f.valid_from AS valid_from, f.valid_until AS valid_until, toString(f.recorded) AS recorded, toString(f.disputed) AS disputed, toString(f.withdrawn) AS withdrawn, f.award AS award, f.programme AS programme /* end */
