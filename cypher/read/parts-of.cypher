// title: Parts and workstreams of something
// ask: (what|which) (are|are the) (parts|workstreams|strands|components|examples) (of|in) {thing}
// ask: (which|what) (parts|workstreams|strands|pilots|projects|components|services) (does|do|are in|are part of|make up) {thing} [have|has|include|contain|comprise]
// ask: what (does|do) {thing} (include|contain|comprise|consist of)
// ask: (parts|workstreams|strands|components) of {thing}
// param thing: Entity -- the whole
// column part: a part of it
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source names a part of {thing}.
// note: A source that names some parts does not say that they are all.
// :param {thing: 'local-shared-services', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})<-[f:PART_OF]-(p)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN p {.id, .name, .kind} AS part, f.modality AS modality, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY part.name
