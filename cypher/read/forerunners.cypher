// title: What came before something
// ask: (what|who|which bodies|which programmes) (is|are|was|were) [the|a] (forerunners|forerunner|predecessor|predecessors) (of|to) {thing}
// ask: (what|which programmes|which bodies|who) (came before|preceded|led to|went before) {thing}
// ask: (forerunners|forerunner|predecessors) (of|to) {thing}
// param thing: Entity -- what came after
// column forerunner: what came before
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: whose view it is, where the source says
// empty: No source names a forerunner of {thing}.
// :param {thing: 'total-place', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})<-[f:PRECEDES]-(b)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS forerunner, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY forerunner.name
