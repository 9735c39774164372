// title: What something is part of
// ask: (what|which programme|which partnership) (is|was) {thing} (a part of|a workstream of|a strand of|included in)
// param thing: Entity -- the part
// column whole: what it is part of
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source says that {thing} is part of anything.
// :param {thing: 'young-people-training-facilities', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:PART_OF]->(w)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN w {.id, .name, .kind} AS whole, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY whole.name
