// title: What concerns something: reviews, events and programmes about it
// ask: (what|which programmes|which events|which reviews|who) (concerns|concern|is about|are about|deals with|reviews|is reviewing) {thing}
// ask: (is|are|was|were) {thing} [being|under] (reviewed|review|in review)
// param thing: Entity -- what they are about
// column subject: what concerns it
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source names anything that concerns {thing}.
MATCH (t:Entity {id: $thing})<-[f:CONCERNS]-(s)
WHERE holds(f)
RETURN s {.id, .name, .kind} AS subject, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY subject.name
