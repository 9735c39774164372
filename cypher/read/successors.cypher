// title: What came after something
// ask: (what|which programmes) (comes after|came after|follows|followed|continues|continued|comes next after|is next after) {thing}
// ask: what (is|was) {thing} (a forerunner of|a forerunner to|followed by|continued by|rolled out as)
// param thing: Entity -- what came before
// column successor: what came after
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: whose view it is, where the source says
// empty: No source says what came after {thing}.
MATCH (t:Entity {id: $thing})-[f:PRECEDES]->(b)
WHERE holds(f)
RETURN b {.id, .name, .kind} AS successor, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY successor.name
