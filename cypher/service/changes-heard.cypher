// For every tie: when a source first recorded it, and when one last did, by the later of two days.
MATCH (s:Entity)-[f:FACT]->(o:Entity)
WHERE f.recorded <= $to AND holds(f)
WITH s, type(f) AS relation, o, f ORDER BY f.recorded, f.fact
WITH s, relation, o, collect(f) AS said
RETURN s {.id, .name, .kind} AS subject, relation, o {.id, .name, .kind} AS object,
       [f IN said | f.recorded] AS recorded, [f IN said | f.fact] AS evidence
