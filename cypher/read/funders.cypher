// title: Who funds a programme, and with how much
// ask: (who|which bodies|which body|which organisations|which councils|what bodies) (funds|fund|funded|finances|financed|pays for|pay for|paid for|put money into|puts money into|gives money to|gave money to|contributes to|contributed to) {thing}
// ask: (how is|how was|how are|by whom is|by whom was) {thing} (funded|financed|paid for)
// ask: who (is|are) [the] (funders|funder|sponsors and funders) of {thing}
// ask: (what|how much) (money|funding) (went into|goes into|is in|started|does) {thing} [get|have|receive]
// ask: (where does|where did) [the] (money|funding) (for|of) {thing} come from
// ask: [what is|what was] [the] total (funding|money|funding given) (of|for|in|behind) {thing}
// param thing: Entity -- the programme, service or body
// column funder: who gives
// column figure: how it is funded, where a source says that without naming a funder
// column amount: how much, where the source gives it; null where it does not
// column currency: of the amount
// column joint: facts that carry the same mark share one sum; it counts once
// column how: FUNDS; the role of a sponsor, whose support is not said to be money; or REPORTS
// column modality: whether it is actual, planned, proposed or hypothetical
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source says who funds {thing}.
// modality: actual, planned, proposed, hypothetical
// note: Proposed and hypothetical rows are not money given. An amount that is missing is one that no source gives. A joint sum counts once.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (t:Entity {id: $thing})
CALL (t) {
  MATCH (t)<-[f:FUNDS|TAKES_PART_IN]-(b)
  WHERE (f:FUNDS OR f.role = 'sponsor') AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN f, b, null AS figure
  UNION ALL
  MATCH (t)-[f:REPORTS]->(figure:Outcome {measure: 'investment'})
  WHERE figure.amount IS NULL AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN f, null AS b, figure
}
RETURN b {.id, .name, .kind} AS funder, figure {.id, .name, .kind} AS figure, f.amount AS amount, f.currency AS currency, f.joint AS joint,
       CASE WHEN f:TAKES_PART_IN THEN f.role ELSE type(f) END AS how, f.modality AS modality, f.basis AS basis, f.note AS note,
       [f.fact] AS evidence
ORDER BY CASE modality WHEN 'actual' THEN 0 ELSE 1 END, amount DESC, funder.name
