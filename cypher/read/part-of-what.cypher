// title: What something is part of
// ask: (what|which programme|which partnership) (is|was) {thing} (a part of|a workstream of|a strand of|included in)
// param thing: Entity -- the part
// column whole: what it is part of
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source says that {thing} is part of anything.
MATCH (t:Entity {id: $thing})-[f:PART_OF]->(w)
WHERE holds(f)
RETURN w {.id, .name, .kind} AS whole, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY whole.name
