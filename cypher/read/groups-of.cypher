// title: Groups to which a body belongs
// ask: (which|what) groups (does|do|is|are) {body} (belong to|in|part of|a member of)
// param body: Entity -- the body
// column group: the group
// column basis: whether the source states it, implies it, or a register places it
// column note: what to mind
// empty: No source or register places {body} in a group.
// :param {body: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (b:Entity {id: $body})-[f:MEMBER_OF]->(g:Group)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN g {.id, .name, .kind} AS group, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY group.name
