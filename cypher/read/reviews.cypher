// title: What concerns something: reviews, events and programmes about it
// ask: (what|which programmes|which events|which reviews|who) (concerns|concern|is about|are about|deals with|reviews|is reviewing) {thing}
// ask: (is|are|was|were) {thing} [being|under] (reviewed|review|in review)
// param thing: Entity -- what they are about
// column subject: what concerns it
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source names anything that concerns {thing}.
// :param {thing: 'total-place', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})<-[f:CONCERNS]-(s)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN s {.id, .name, .kind} AS subject, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY subject.name
