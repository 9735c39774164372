// title: Everything the sources say of one thing
// ask: (what|who) (is|are|was|were) {thing}
// ask: (what|everything) (do|does|is|that) [the] (sources|source|documents|document|known) (say|says|known|say about|said) (about|of) {thing}
// ask: what (is|do we) (known|know|said) (about|of) {thing}
// ask: (about|everything about|facts about|tell me about|describe) {thing}
// ask: (which|what) facts (name|mention|speak of) {thing}
// param thing: Entity -- the entity
// column subject: who or what the fact is about
// column relation: how the two are tied
// column object: the other end
// column role: in which role, where a source gives one
// column amount: how much, where the source gives it
// column currency: of the amount
// column modality: whether it is actual, planned, proposed, hypothetical or ended
// column basis: whether the source states it, implies it, or a register places it
// column source: which source says it
// empty: No source says anything of {thing}.
// modality: actual, planned, proposed, hypothetical, ended
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH DISTINCT f, startNode(f) AS s, endNode(f) AS o
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.role AS role,
       f.amount AS amount, f.currency AS currency, f.modality AS modality, f.basis AS basis, f.source AS source,
       [f.fact] AS evidence
ORDER BY f.source, f.start, f.fact
