// title: What a body takes part in
// ask: (what|which programmes|which partnerships|what programmes|which projects) (does|do|is|are|did) {body} (take part in|taking part in|involved in|involved with|part of|a member of|in|belong to|work on|participate in|a partner in|do)
// ask: (which|what) (partnerships|programmes|projects|bodies) (is|are|does) {body} (in|part of|a member of|named in|belong to|take part in)
// ask: (which|what) (programmes|projects|partnerships) (involve|involves|include|includes|name) {body}
// ask: (what is|what was) the role of {body}
// ask: what role (does|do|did) {body} (have|play|take)
// param body: Entity -- the body
// column thing: what it takes part in
// column relation: how
// column role: in which role, where a source gives one
// column via: the group that stands for the body, in grade `via group`
// column grade: whether the body itself is named, or a group to which it belongs
// column modality: whether it is actual or planned
// column basis: whether the source states it, implies it, or a register places it
// grade direct: {body} itself is named -- No source names {body} itself as taking part in anything.
// grade via group: a group to which {body} belongs is named; it holds of {body} only as one of the group -- No group to which {body} belongs is named as taking part in anything.
// :param {body: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (me:Entity {id: $body})
CALL (me) {
  MATCH (me)-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */|PART_OF]->(t)
  WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN 1 AS rank, 'direct' AS grade, t, null AS via, f, [f.fact] AS evidence
  UNION ALL
  MATCH (me)-[m:MEMBER_OF]->(via:Group)-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]->(t)
  WHERE /* holds(m) */ (m.basis IN $basis AND m.modality IN $modality AND ($as_of IS NULL OR (m.holds_from <= $as_of AND $as_of <= m.holds_until)) AND ($known_at IS NULL OR m.recorded <= $known_at) AND (m.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < m.withdrawn)) AND (m.disputed IS NULL OR $disputed)) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
    AND NOT EXISTS { (me)-[:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]->(t) }
  RETURN 2 AS rank, 'via group' AS grade, t, via, f, [m.fact, f.fact] AS evidence
}
RETURN t {.id, .name, .kind} AS thing, type(f) AS relation, f.role AS role, via {.id, .name, .kind} AS via, grade,
       f.modality AS modality, f.basis AS basis, evidence
ORDER BY rank, thing.name, relation
