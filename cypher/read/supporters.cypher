// title: Who supports, sponsors, hosts or commissions a programme
// ask: (who|which bodies|which body|which organisations|what bodies) (supports|support|supported|backs|backed|sponsors|sponsor|sponsored|hosts|hosted|commissions|commissioned) {thing}
// ask: who (is|are) [the] (supporters|supporter|sponsors|sponsor|backers|host) of {thing}
// ask: (by whom|who) (is|was) {thing} (supported|sponsored|backed|hosted|commissioned|supported by|sponsored by|backed by)
// param thing: Entity -- the programme
// column body: who supports it
// column role: supporter, sponsor, host or commissioner
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says who supports {thing}.
// note: Support and sponsorship are not said to be money, and no amount is given, unless a row of `funders` says so.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})<-[f:TAKES_PART_IN]-(b)
WHERE f.role IN ['supporter', 'sponsor', 'host', 'commissioner'] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS body, f.role AS role, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY role, body.name
