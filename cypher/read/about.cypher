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
MATCH (t:Entity {id: $thing})-[f:FACT]-(:Entity)
WHERE holds(f)
WITH DISTINCT f, startNode(f) AS s, endNode(f) AS o
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.role AS role,
       f.amount AS amount, f.currency AS currency, f.modality AS modality, f.basis AS basis, f.source AS source,
       [f.fact] AS evidence
ORDER BY f.source, f.start, f.fact
