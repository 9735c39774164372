// title: What one source says
// ask: what (does|do|did) {source} say
// ask: (which|what) facts (does|do) {source} (give|state|hold|contain)
// ask: what is (said in|stated in|in the source|in the document) {source}
// param source: Entity -- the source
// column line: where in the source
// column subject: who or what it is about
// column relation: how the two are tied
// column object: the other end
// column modality: whether it is actual, planned, proposed, hypothetical or ended
// column basis: whether the source states or implies it
// column amount: how much, where the source gives it
// column currency: of the amount, or its unit
// empty: No fact has been written from {source}.
// modality: actual, planned, proposed, hypothetical, ended
// :param {source: 'joint-working-minutes-2014', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
UNWIND range(10, 40) AS n // window by window, each twice as wide, so that of a long source no more is read than rows are fetched
CALL (n) {
  MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */ {source: $source}]->(o:Entity)
  WHERE CASE n WHEN 10 THEN 0 ELSE 2 ^ n END <= f.start AND f.start < 2 ^ (n + 1) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN s, f, o ORDER BY f.start, f.fact
}
RETURN f.line AS line, s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object,
       f.modality AS modality, f.basis AS basis, f.amount AS amount, f.currency AS currency, [f.fact] AS evidence
