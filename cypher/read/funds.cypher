// title: What a body funds
// ask: (what|which programmes|what programmes|which projects) (does|do|did) {body} (fund|finance|pay for|put money into|sponsor|give money to)
// ask: (where does|where did) {body} (spend|put|give) [its|their] (money|funding)
// ask: how much (does|did) {body} (spend|give|fund|pay|contribute|allocate)
// param body: Entity -- who gives
// column thing: what it funds
// column amount: how much, where the source gives it; null where it does not
// column currency: of the amount
// column joint: facts that carry the same mark share one sum; it counts once
// column how: FUNDS, or the role of a sponsor, whose support is not said to be money
// column modality: whether it is actual, planned, proposed or hypothetical
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source says that {body} funds anything.
// modality: actual, planned, proposed, hypothetical
// note: Proposed and hypothetical rows are not money given. A joint sum counts once, and is not a sum from each.
// :param {body: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (b:Entity {id: $body})-[f:FUNDS|TAKES_PART_IN]->(t)
WHERE (f:FUNDS OR f.role = 'sponsor') AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN t {.id, .name, .kind} AS thing, f.amount AS amount, f.currency AS currency, f.joint AS joint,
       CASE WHEN f:FUNDS THEN 'FUNDS' ELSE f.role END AS how, f.modality AS modality, f.basis AS basis, f.note AS note,
       [f.fact] AS evidence
ORDER BY thing.name
