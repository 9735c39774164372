// title: What is planned, proposed or hypothetical
// ask: (what|which things|which facts) (is|are) (planned|proposed|hypothetical|planned or proposed|planned proposed or hypothetical|only planned|not yet done|not yet actual|still to come)
// ask: (which|what) (plans|proposals|plans and proposals) (are there|are named|do the sources name|exist)
// column subject: who or what it is about
// column relation: how the two would be tied
// column object: the other end
// column modality: planned, proposed or hypothetical
// column amount: how much, where the source gives it
// column currency: of the amount, or its unit
// column note: why it is not actual
// empty: No source names a plan, a proposal or a hypothetical.
// modality: planned, proposed, hypothetical
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.modality AS modality,
       f.amount AS amount, f.currency AS currency, f.note AS note, [f.fact] AS evidence
ORDER BY CASE modality WHEN 'planned' THEN 0 WHEN 'proposed' THEN 1 ELSE 2 END, subject.name, object.name, relation
