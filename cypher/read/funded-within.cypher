// title: Who is given money within a programme
// ask: (who|which bodies|which organisations|what) (is|are|was|were) (funded|given money|given grants|awarded grants) (within|under|through) {programme}
// ask: (which|what) (grants|awards) (is|are|was|were) (made|given|awarded) (within|under|through) {programme}
// param programme: Entity -- the programme of a funder
// column recipient: who is given the money
// column funder: who gives it
// column amount: how much, where the source gives it
// column currency: of the amount
// column joint: facts that carry the same mark share one sum; it counts once
// column award: the identifier of the grant
// column day: when it was awarded
// column modality: whether it is actual, planned, proposed or hypothetical
// empty: No source names money that is given within {programme}.
// modality: actual, planned, proposed, hypothetical
// note: Those who are given money within one programme are not said to work together.
// :param {programme: 'young-people-training-facilities', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (p:Entity {id: $programme})
MATCH (b:Organisation)-[f:FUNDS {programme: p.id}]->(t:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN t {.id, .name, .kind} AS recipient, b {.id, .name, .kind} AS funder, f.amount AS amount, f.currency AS currency,
       f.joint AS joint, f.award AS award, f.valid_from AS day, f.modality AS modality, [f.fact] AS evidence
ORDER BY recipient.name, day, award
