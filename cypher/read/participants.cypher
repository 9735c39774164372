// title: Who takes part in a programme, partnership or group
// ask: (who|which bodies|which organisations|which partners|which agencies|which councils|what bodies|what organisations) (takes|take|took) part in {thing}
// ask: (who|which bodies|which organisations|which partners|which agencies|which councils) (is|are|was|were) (involved in|involved with|part of|in|working on|behind|named in) {thing}
// ask: (who are|what are) [all] [the] (partners|participants|parties|bodies|organisations) (in|of|to|behind) {thing}
// ask: who (works|work) (on|together on|together in) {thing}
// ask: (participants|partners) (in|of) {thing}
// ask: which (districts|authorities|local authorities|public bodies) (is|are) (in|part of|involved in) {thing}
// ask: which (districts|authorities|local authorities|councils|bodies|organisations|partners) (has|have) joined {thing}
// param thing: Entity -- the programme, partnership, group or service
// column body: who takes part
// column relation: how
// column role: in which role, where a source gives one
// column amount: money it gives, where a source gives the sum
// column currency: of the amount
// column modality: whether it is actual or planned
// column basis: whether the source states it, implies it, or a register places it
// empty: No source says who takes part in {thing}.
// note: A source that names some who take part does not say that they are all.
// :param {thing: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})<-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]-(b)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS body, type(f) AS relation, f.role AS role, f.amount AS amount, f.currency AS currency,
       f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY CASE f.role WHEN 'lead' THEN 0 WHEN 'joint lead' THEN 1 ELSE 2 END, body.name, relation
