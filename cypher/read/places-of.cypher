// title: Where a body or programme is, works or was held
// ask: where (is|are|was|were|does|do|did) {thing} (based|located|held|work|working|take place|aimed|sit|happen)
// ask: where (is|are|was|were) {thing}
// ask: (which|what) (buildings|places|sites|building|hubs) (does|do|is|are|has|have) {thing} (have|has|in|at|use|new|updated|updating|updated or new)
// param thing: Entity -- the body, programme or event
// column place: where
// column relation: how it is tied to the place
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says where {thing} is.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:BASED_AT|SERVES|LOCATED_IN]->(p:Place)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN p {.id, .name, .kind} AS place, type(f) AS relation, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY place.name
