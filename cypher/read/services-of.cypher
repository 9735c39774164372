// title: Which services a body provides or uses
// ask: (which|what) [shared] services (does|do) {body} (provide|use|deliver|supply|receive|get|buy)
// param body: Entity -- the body
// column service: the shared service
// column relation: PROVIDES or USES
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source names {body} as a provider or user of a shared service.
// :param {body: 'solent-local-enterprise-partnership', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (b:Entity {id: $body})-[f:PROVIDES|USES]->(s)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN s {.id, .name, .kind} AS service, type(f) AS relation, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY service.name, relation
