// title: What something concerns
// ask: what (does|do|is|are|did|was|were) {thing} (concern|about|deal with|looking at|to do with)
// ask: what (was|were|is|are) {thing} (on|updated on)
// param thing: Entity -- the body, programme or event
// column object: what it concerns
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source says what {thing} concerns.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:CONCERNS]->(o)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN o {.id, .name, .kind} AS object, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY object.name
