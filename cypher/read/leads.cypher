// title: Who leads a programme
// ask: (who|which body|which bodies|which organisation|which council|what body) (leads|lead|led|runs|run|ran|heads|is leading|is running|has led|set up|established|has established|have established|is in charge of) {thing}
// ask: who (is|are|was|were) [the] (lead|leads|leader|leaders|joint lead|joint leads|lead body|lead partner) (of|for|on|in) {thing}
// ask: (lead|leads) (of|for|on) {thing}
// param thing: Entity -- the programme
// column body: who leads
// column role: lead or joint lead
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says who leads {thing}.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})<-[f:TAKES_PART_IN|MEMBER_OF]-(b)
WHERE f.role IN ['lead', 'joint lead', 'chair'] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS body, f.role AS role, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY role DESC, body.name
