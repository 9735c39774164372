// title: Shared services, with who provides and who uses them
// ask: (which|what) [local] (services|shared services) (are shared|are there|exist|are named|do the sources name|are known)
// ask: (what are|which are|name|examples of) [the|all] [local] shared services [by user and provider]
// ask: (services|shared services) by (user and provider|provider and user|user|provider)
// ask: [the] [local] shared services
// column service: the shared service
// column providers: who provides it; empty where no source says
// column users: who uses it; empty where no source says
// empty: No source names a shared service.
// note: An empty list is what no source says, not nobody. The services that the sources name are examples, not a complete list.
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (s:SharedService)
CALL (s) {
  OPTIONAL MATCH (s)<-[f:PROVIDES]-(p) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN collect(p.name) AS providers, collect(f.fact) AS by
}
CALL (s) {
  OPTIONAL MATCH (s)<-[f:USES]-(u) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN collect(u.name) AS users, collect(f.fact) AS used
}
CALL (s) {
  OPTIONAL MATCH (s)-[f:PART_OF]->() WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN collect(f.fact) AS named
}
WITH s, providers, users, by + used + named AS evidence
WHERE size(evidence) > 0
RETURN s {.id, .name, .kind} AS service, providers, users, evidence
ORDER BY service.name
