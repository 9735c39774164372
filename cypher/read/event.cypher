// title: One event: when, where, who and on what
// ask: (when|on what date|on which date|what date) (is|was|are|were|will) {event} [be] [held|taking place|to be held]
// ask: (who|which bodies|which body) (holds|held|organised|organises|hosted the event|ran the event|is holding|will hold|attended|attends|will attend|is invited to|was at) {event}
// param event: Entity -- the event
// column date: when, as exactly as the source says
// column relation: HOLDS, ATTENDS, LOCATED_IN or CONCERNS
// column other: who, where, or on what
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// empty: No source says anything of {event}.
// :param {event: 'portsmouth-conference-2010', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (e:Entity {id: $event})-[f:HOLDS|ATTENDS|LOCATED_IN|CONCERNS|PART_OF]-(o:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN e.date AS date, type(f) AS relation, o {.id, .name, .kind} AS other, f.modality AS modality, f.basis AS basis,
       [f.fact] AS evidence
ORDER BY CASE relation WHEN 'HOLDS' THEN 0 WHEN 'ATTENDS' THEN 1 ELSE 2 END, relation, other.name
