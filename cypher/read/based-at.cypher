// title: Who or what is at a place
// ask: (who|what|which bodies|which organisations|which agencies|which parties) (is at|are at|sits at|sits in|sit in|co-locates at|co-locate at|co-locates in|co-locate in|is based at|is based in|are based at|are based in|is located at|is located in|are located at|are located in|is co-located at|is co-located in|are co-located at|are co-located in|works at|works in|work at|work from) {place}
// ask: (who|which bodies|which organisations|which parties|which partners) (shares|share|occupies|occupy) {place}
// param place: Entity(Place) -- the place
// column body: who or what is there
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says who is at {place}.
// :param {place: 'havant-public-service-village', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (p:Entity {id: $place})<-[f:BASED_AT]-(b)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS body, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY body.name
