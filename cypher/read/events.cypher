// title: Events: who holds or attends them, and when
// ask: (which|what) (events|conferences|workshops|meetings) (are there|were there|are named|were held|have been held|are planned|do the sources name|took place)
// ask: (which|what) (events|conferences|workshops) (is|are) (known|named|planned|coming)
// column event: the event
// column date: when, as exactly as the source says
// column held_by: who holds it; empty where no source says
// column attended_by: who attends it; empty where no source says
// column modality: whether it is actual or planned
// empty: No source names an event.
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (e:Event)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH e, f ORDER BY f.source, f.start, f.fact
WITH e, collect(DISTINCT f) AS found
RETURN e {.id, .name, .kind} AS event, e.date AS date, [f IN found WHERE f:HOLDS | startNode(f).name] AS held_by,
       [f IN found WHERE f:ATTENDS | startNode(f).name] AS attended_by, found[0].modality AS modality,
       [f IN found | f.fact] AS evidence
ORDER BY date, event.name
