// title: What two bodies share
// ask: (what|which things|what things|which programmes|which services|what services) (do|does|did|are|is) {a} and {b} (share|share with each other|have in common|do together|work on together|both take part in|both belong to|both in|both part of|work together on|sharing)
// ask: (what do|how do|do|does|did) {a} (share with|have in common with|do together with|work together with|work with|do with|share services with) {b}
// ask: (do|does|how do|where do) {a} and {b} (work together|collaborate|cooperate|share anything|share any services|share services|share a service|meet)
// ask: how (does|do|is|are) {a} (work with|linked to|linked with|tied to|collaborate with) {b}
// param a: Entity -- one body
// param b: Entity -- the other
// column what: what they share
// column grade: how directly the sources say it
// column via: the group that stands for one of them, in grade `via group`
// column relation_a: how the first is tied to it
// column relation_b: how the second is tied to it
// column modality_a: whether the first tie is actual or planned
// column modality_b: whether the second tie is actual or planned
// grade direct: both provide or use it, and it is a shared service -- No source names a shared service that both {a} and {b} provide or use.
// grade named together: both are named in it -- No source names both {a} and {b} in one partnership, programme or place.
// grade via group: a group to which one of them belongs is named there -- Nothing joins {a} and {b} through a group either.
// :param {a: 'gosport-borough-council', b: 'home-office', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (a:Entity {id: $a}), (b:Entity {id: $b})
CALL (a, b) {
  MATCH (a)-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]->(t)<-[g:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]-(b)
  WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
  RETURN CASE WHEN t:SharedService THEN 'direct' WHEN t:Group AND f.basis = 'register' THEN 'via group' ELSE 'named together' END AS grade,
         t, null AS via, f, g, [f.fact, g.fact] AS evidence
  UNION ALL
  MATCH (a)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS]->(b) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN 'named together' AS grade, b AS t, null AS via, f, f AS g, [f.fact] AS evidence
  UNION ALL
  MATCH (b)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS]->(a) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN 'named together' AS grade, a AS t, null AS via, f, f AS g, [f.fact] AS evidence
  UNION ALL
  MATCH (a)-[m:MEMBER_OF]->(via:Group)-[f:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES]->(t)<-[g:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES]-(b)
  WHERE via <> b AND /* holds(m) */ (m.basis IN $basis AND m.modality IN $modality AND ($as_of IS NULL OR (m.holds_from <= $as_of AND $as_of <= m.holds_until)) AND ($known_at IS NULL OR m.recorded <= $known_at) AND (m.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < m.withdrawn)) AND (m.disputed IS NULL OR $disputed)) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
    AND NOT EXISTS { (a)-[:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES]->(t) }
  RETURN 'via group' AS grade, t, via, f, g, [m.fact, f.fact, g.fact] AS evidence
  UNION ALL
  MATCH (b)-[m:MEMBER_OF]->(via:Group)-[g:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES]->(t)<-[f:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES]-(a)
  WHERE via <> a AND /* holds(m) */ (m.basis IN $basis AND m.modality IN $modality AND ($as_of IS NULL OR (m.holds_from <= $as_of AND $as_of <= m.holds_until)) AND ($known_at IS NULL OR m.recorded <= $known_at) AND (m.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < m.withdrawn)) AND (m.disputed IS NULL OR $disputed)) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
    AND NOT EXISTS { (b)-[:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES]->(t) }
  RETURN 'via group' AS grade, t, via, f, g, [m.fact, g.fact, f.fact] AS evidence
}
RETURN t {.id, .name, .kind} AS what, grade, via {.id, .name, .kind} AS via, type(f) AS relation_a, type(g) AS relation_b,
       f.modality AS modality_a, g.modality AS modality_b, evidence
ORDER BY CASE grade WHEN 'direct' THEN 0 WHEN 'named together' THEN 1 ELSE 2 END, what.name, via.name, relation_a, relation_b
