// What a thing is made of, and what it is said to continue or to be continued by, step by step.
MATCH (t:Entity {id: $thing})
CALL (t) {
  MATCH (p:Entity)-[f:PART_OF]->+(t) WHERE all(g IN f WHERE /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed)))
  RETURN p, 'part' AS how, [g IN f | g.fact] AS evidence
  UNION
  MATCH (t)-[f:PRECEDES]->(p:Entity) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN p, 'continued by' AS how, [f.fact] AS evidence
  UNION
  MATCH (p:Entity)-[f:PRECEDES]->(t) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN p, 'continues' AS how, [f.fact] AS evidence
}
RETURN p {.id, .name, .kind} AS thing, how, evidence
ORDER BY how, p.name
