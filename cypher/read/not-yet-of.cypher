// title: What is planned, proposed or hypothetical for one thing
// ask: (what|which things) (is|are) (planned|proposed|hypothetical|sought|being sought|planned or proposed|only planned|not yet done) (for|by|at|in|with|about) {thing}
// ask: what (does|do|is|are) {thing} (plan|planning|propose|proposing|planning to do|seek|seeking|intend)
// ask: (which|what) plans (does|do|has|have) {thing} [have]
// param thing: Entity -- the body or programme
// column subject: who or what it is about
// column relation: how the two would be tied
// column object: the other end
// column modality: planned, proposed or hypothetical
// column amount: how much, where the source gives it
// column currency: of the amount, or its unit
// column note: why it is not actual
// empty: No source names a plan, a proposal or a hypothetical for {thing}.
// modality: planned, proposed, hypothetical
// :param {thing: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH DISTINCT f, startNode(f) AS s, endNode(f) AS o
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.modality AS modality,
       f.amount AS amount, f.currency AS currency, f.note AS note, [f.fact] AS evidence
ORDER BY CASE modality WHEN 'planned' THEN 0 WHEN 'proposed' THEN 1 ELSE 2 END, subject.name, object.name, relation
