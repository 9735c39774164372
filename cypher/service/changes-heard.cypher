// For every tie: when a source first recorded it, and when one last did, by the later of two days.
MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity)
WHERE f.recorded <= $to AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH s, type(f) AS relation, o, f ORDER BY f.recorded, f.fact
WITH s, relation, o, collect(f) AS said
RETURN s {.id, .name, .kind} AS subject, relation, o {.id, .name, .kind} AS object,
       [f IN said | f.recorded] AS recorded, [f IN said | f.fact] AS evidence
