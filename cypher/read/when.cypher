// title: When something held, began or ended
// ask: when (did|does|do|will|would) {thing} (start|begin|commence|end|finish|stop|run|happen)
// ask: (since when|how long|until when) (has|have|does|do|is|will) {thing} (run|been running|existed|exist|last|lasted|go on)
// param thing: Entity -- the programme, body or event
// column subject: who or what it is about
// column relation: how the two are tied
// column object: the other end
// column valid_from: since when, as exactly as the source says
// column valid_until: until when, as exactly as the source says
// column date: of an event
// column modality: whether it is actual, planned, proposed, hypothetical or ended
// column recorded: the last day on which the source can have been written
// empty: No source gives a date for {thing}.
// modality: actual, planned, proposed, hypothetical, ended
// :param {thing: 'portsmouth-conference-2010', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND (f.valid_from IS NOT NULL OR f.valid_until IS NOT NULL OR t.date IS NOT NULL)
WITH DISTINCT t, f, startNode(f) AS s, endNode(f) AS o
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.valid_from AS valid_from,
       f.valid_until AS valid_until, t.date AS date, f.modality AS modality, f.recorded AS recorded, [f.fact] AS evidence
ORDER BY valid_from, valid_until, subject.name, relation, object.name
