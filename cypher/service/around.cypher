// Facts that lead to or from some entities, those that lead to what these are tied to, and those of their groups.
MATCH (b:Entity) WHERE b.id IN $ids
OPTIONAL MATCH (b)-[g:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(x:Entity) WHERE /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
WITH collect(DISTINCT b) + collect(DISTINCT x) AS around
UNWIND around AS t
CALL (t) {
  MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(t) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN s, f, t AS o
  UNION
  WITH t WHERE t:Group
  MATCH (t)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN t AS s, f, o
}
WITH DISTINCT s, f, o
RETURN f.fact AS fact, s {.id, .name, .kind, .complete} AS subject, type(f) AS relation, o {.id, .name, .kind, .complete} AS object,
       f.role AS role, f.basis AS basis, f.modality AS modality, f.amount AS amount, f.currency AS currency,
       f.joint AS joint, f.source AS source, f.recorded AS recorded
ORDER BY fact
