// title: What came after something
// ask: (what|which programmes) (comes after|came after|follows|followed|continues|continued|comes next after|is next after) {thing}
// ask: what (is|was) {thing} (a forerunner of|a forerunner to|followed by|continued by|rolled out as)
// param thing: Entity -- what came before
// column successor: what came after
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: whose view it is, where the source says
// empty: No source says what came after {thing}.
// :param {thing: 'transformation-programmes', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:PRECEDES]->(b)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS successor, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY successor.name
