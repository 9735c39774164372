// title: What the sources say directly of two things together
// ask: (is|was|are|were) {a} (a member of|member of|in|part of|involved in|involved with|based at|based in|a partner in|the lead of|a forerunner of|a forerunner to|joined to) {b}
// ask: (does|do|did) {a} (take part in|lead|run|support|provide|use|belong to|share|host|own|co-locate in|co-locate at|sit in) {b}
// ask: (has|have|had) {a} (joined|led|left|provided|used) {b}
// param a: Entity -- one of them
// param b: Entity -- the other
// column subject: who or what it is about
// column relation: how the two are tied
// column object: the other end
// column role: in which role, where a source gives one
// column via: the group that stands for the subject, in grade `via group`
// column grade: whether it is said of the thing itself, or of a group to which it belongs
// column modality: whether it is actual, planned, proposed, hypothetical or ended
// column basis: whether the source states it, implies it, or a register places it
// grade direct: a source says it of the two themselves -- No source ties {a} and {b} directly.
// grade via group: it is said of a group to which one of them belongs, and holds of it only as one of the group -- No source ties {a} and {b} through a group.
// modality: actual, planned, proposed, hypothetical, ended
// :param {a: 'isle-of-wight-council', b: 'up2u', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
MATCH (a:Entity {id: $a}), (b:Entity {id: $b})
CALL (a, b) {
  MATCH (a)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(b) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN 'direct' AS grade, null AS via, f, [f.fact] AS evidence
  UNION
  MATCH (a)-[m:MEMBER_OF]->(via:Group)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(b) WHERE /* holds(m) */ (m.basis IN $basis AND m.modality IN $modality AND ($as_of IS NULL OR (m.holds_from <= $as_of AND $as_of <= m.holds_until)) AND ($known_at IS NULL OR m.recorded <= $known_at) AND (m.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < m.withdrawn)) AND (m.disputed IS NULL OR $disputed)) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN 'via group' AS grade, via, f, [m.fact, f.fact] AS evidence
  UNION
  MATCH (b)-[m:MEMBER_OF]->(via:Group)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(a) WHERE /* holds(m) */ (m.basis IN $basis AND m.modality IN $modality AND ($as_of IS NULL OR (m.holds_from <= $as_of AND $as_of <= m.holds_until)) AND ($known_at IS NULL OR m.recorded <= $known_at) AND (m.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < m.withdrawn)) AND (m.disputed IS NULL OR $disputed)) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN 'via group' AS grade, via, f, [m.fact, f.fact] AS evidence
}
WITH grade, via, f, evidence, startNode(f) AS s, endNode(f) AS o
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.role AS role,
       via {.id, .name, .kind} AS via, grade, f.modality AS modality, f.basis AS basis, evidence
ORDER BY grade, subject.name, relation, object.name
