// title: Whom or where a programme serves
// ask: (who|whom|for whom|at whom|what) (is|are|was|were|does|do) {thing} (aimed at|for|aimed|serve|intended for|meant for)
// ask: (who|which places|which areas|whom) (benefits from|benefit from|does) {thing} [serve|benefit]
// param thing: Entity -- the programme
// column place: the place or group it serves
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says whom {thing} is for.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:SERVES]->(p)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN p {.id, .name, .kind} AS place, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY place.name
