// title: Whether two names mean the same thing
// ask: (is|are|was|were) {a} (the same as|the same thing as|identical to|another name for|the same place as|the same programme as|the same body as|one and the same as) {b}
// ask: (is|are) {a} and {b} (the same|the same thing|identical|the same place|one and the same|the same programme|the same body)
// ask: (are|is) (they|it) the same {a} and {b}
// param a: Entity -- one of them
// param b: Entity -- the other
// column which: which of the two the fact is about
// column subject: who or what
// column relation: how the two are tied
// column object: the other end
// column source: which source says it
// column recorded: when it was recorded
// empty: No source says anything of {a} or of {b}.
// answer: No source says that {a} and {b} are the same; the facts that name each are below.
// note: Two names mean one thing only where a source says so.
// modality: actual, planned, proposed, hypothetical, ended
// :param {a: 'gosport-borough-council', b: 'home-office', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
MATCH (t:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity)
WHERE t.id IN [$a, $b] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH DISTINCT t, f, startNode(f) AS s, endNode(f) AS o
RETURN t {.id, .name, .kind} AS which, s {.id, .name, .kind} AS subject, type(f) AS relation,
       o {.id, .name, .kind} AS object, f.source AS source, f.recorded AS recorded, [f.fact] AS evidence
ORDER BY f.recorded, which.name, f.start, f.fact
