// title: What a body supports, sponsors, hosts or commissions
// ask: (what|which programmes|what programmes|which projects) (does|do|did) {body} (support|back|host|commission)
// param body: Entity -- the body
// column thing: what it supports
// column role: supporter, sponsor, host or commissioner
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says that {body} supports anything.
// :param {body: 'improvement-and-efficiency-south-east', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (b:Entity {id: $body})-[f:TAKES_PART_IN]->(t)
WHERE f.role IN ['supporter', 'sponsor', 'host', 'commissioner'] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN t {.id, .name, .kind} AS thing, f.role AS role, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY thing.name
