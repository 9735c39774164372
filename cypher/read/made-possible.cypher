// title: What made something possible
// ask: what (made|makes|has made) {thing} (possible|happen|work|succeed|a success)
// ask: what (enabled|enables|allowed|allows|underpins|underpinned) {thing}
// ask: (why|how) (was|is|could|did) {thing} (possible|achieved|be achieved|made possible|come about|succeed)
// ask: (could|would) {thing} have (been achieved|happened|worked|succeeded) without {without}
// param thing: Entity -- what was made possible
// param without: Text = none -- what it might have done without; the answer shows what it did need
// column enabler: what made it possible
// column where: the building or place of the enabler, where a source names it
// column led_by: who did it, where a source states or implies it
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// column note: what to mind
// empty: No source says what made {thing} possible.
// :param {thing: 'h3-partnership', without: null, as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $thing})-[f:ENABLED_BY]->(e)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND ($without IS NULL OR $without <> '')
OPTIONAL MATCH (e)-[g:BASED_AT]->(p:Place) WHERE /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
OPTIONAL MATCH (e)<-[h:TAKES_PART_IN]-(b) WHERE h.role IN ['lead', 'joint lead'] AND /* holds(h) */ (h.basis IN $basis AND h.modality IN $modality AND ($as_of IS NULL OR (h.holds_from <= $as_of AND $as_of <= h.holds_until)) AND ($known_at IS NULL OR h.recorded <= $known_at) AND (h.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < h.withdrawn)) AND (h.disputed IS NULL OR $disputed))
RETURN e {.id, .name, .kind} AS enabler, p {.id, .name, .kind} AS where, b {.id, .name, .kind} AS led_by,
       f.modality AS modality, f.basis AS basis, f.note AS note,
       [x IN [f.fact, g.fact, h.fact] WHERE x IS NOT NULL] AS evidence
ORDER BY enabler.name
