// title: What one body gave to another, or to a programme
// ask: how much [money|funding] (did|does|do|has|have) {funder} (give|gave|given|pay|paid|put|contribute|contributed|allocate|allocated|grant|granted|provide|provided) (to|into|for|towards) {thing}
// ask: (did|does|has|have) {funder} (fund|funded|pay for|paid for|finance|sponsor|sponsored) {thing}
// ask: (what|how much) (did|does) {funder} (fund|spend on|put into|give|pay for) {thing}
// param funder: Entity -- who gives
// param thing: Entity -- what is given to
// column funder: who gives
// column thing: what is given to
// column amount: how much; null where the source gives no amount
// column currency: of the amount
// column says: what the source says, in a sentence
// column joint: facts that carry the same mark share one sum
// column modality: whether it is actual, planned, proposed or hypothetical
// column basis: whether the source states or implies it
// empty: No source says that {funder} gave anything to {thing}.
// modality: actual, planned, proposed, hypothetical
// note: A row may be for a part of {thing}, for what it continues as, or for a programme that {thing} leads.
// note: An amount that is missing is one that no source gives.
// :param {funder: 'isle-of-wight-council', thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (b:Entity {id: $funder})-[f:FUNDS|TAKES_PART_IN]->(t:Entity)
WHERE (t.id = $thing OR EXISTS { (t)-[:PART_OF|PRECEDES]-(:Entity {id: $thing}) }
       OR EXISTS { (t)-[:PART_OF|PRECEDES]-{0,2}()<-[:TAKES_PART_IN {role: 'lead'}]-(:Entity {id: $thing}) })
  AND (f:FUNDS OR f.role IN ['sponsor', 'supporter']) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS funder, t {.id, .name, .kind} AS thing, f.amount AS amount, f.currency AS currency,
       CASE WHEN f.amount IS NULL AND f:FUNDS THEN 'The source gives no amount.'
            WHEN f.amount IS NULL THEN 'Named as ' + f.role + '; the source gives no amount.'
            WHEN f.joint IS NOT NULL THEN 'One sum given together with others; the share of each is not given.'
            ELSE 'The source gives this amount.' END AS says,
       f.joint AS joint, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY thing.name
