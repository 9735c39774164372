// title: What a body leads
// ask: (what|which programmes|what programmes|which projects|which workstreams) (does|do|did|has|have|is|are) {body} (lead|led|run|ran|head|leading|running|the lead of|the lead on|joint lead on|joint lead of|in charge of)
// param body: Entity -- the body
// column thing: what it leads
// column role: lead or joint lead
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says that {body} leads anything.
// :param {body: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (b:Entity {id: $body})-[f:TAKES_PART_IN]->(t)
WHERE f.role IN ['lead', 'joint lead'] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN t {.id, .name, .kind} AS thing, f.role AS role, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY thing.name
