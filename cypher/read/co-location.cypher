// title: Which bodies co-locate, and where
// ask: (which|what) (bodies|organisations|partners|agencies) (co-locate|colocate|are co-located|share buildings|share a building|share premises|are in the same building|sit together)
// ask: (who|which bodies) (co-locates|co-locate|colocates|shares a building|share a building|shares premises) [where|with whom]
// ask: (where do|which) (bodies|organisations|partners|agencies) (co-locate|colocate|share buildings|share a building) [where]
// ask: which bodies co-locate where
// column place: the building, hub or site
// column bodies: the bodies there, by name
// column ids: the same bodies, by id
// empty: No source names two bodies at one place.
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (p:Place)<-[f:BASED_AT]-(b:Organisation)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH p, b, f ORDER BY b.name
WITH p, collect(b.name) AS bodies, collect(b.id) AS ids, collect(f.fact) AS evidence
WHERE size(bodies) > 1
RETURN p {.id, .name, .kind} AS place, bodies, ids, evidence
ORDER BY size(bodies) DESC, place.name
