// title: Partners that share services with a body
// ask: (which|what|who are the) (partners|bodies|organisations|organizations|councils|authorities|agencies|partner organisations) [that] (share|shares|sharing) [any|some] (services|service|a service) with {body}
// ask: (which|what) (services|shared services) (does|do|is|are) {body} (share|sharing|share with others|share with anyone|in)
// ask: (who|whom) (shares|share|is sharing|are sharing) [any|some] (services|a service) with {body}
// ask: (who|whom|with whom) (does|do) {body} (share services with|share services|share a service with|share with)
// ask: (partners|bodies|organisations|councils) [that|who] (share|sharing) services with {body}
// ask: (which|what|how many) (partners|councils|bodies|organisations|authorities|agencies) (does|do) {body} (have|work with|collaborate with|partner with|share with)
// ask: (who|which bodies|which councils|which partners|which organisations) (works|work|collaborates|collaborate|partners|partner) with {body}
// param body: Entity -- the body whose partners are sought
// column partner: who shares with the body
// column what: the service, body or programme that they share
// column via: the group that stands for the body, in grade `via group`
// column grade: how directly the sources say it
// column relation: how the partner is tied to what they share
// column role: in which role, where a source gives one
// column modality: whether it is actual or planned
// grade direct: both provide or use the same shared service -- No source names {body} as a provider or user of a shared service that another body provides or uses.
// grade named together: both are named in the same partnership or programme -- No source names {body} together with another body in a partnership or programme.
// grade via group: a group to which {body} belongs is named there; what holds of the group holds of {body} only as one of the group -- No group to which {body} belongs is named in a partnership or programme.
// note: A partner that is a group is not spelt out: no source says which of its members share.
// :param {body: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (me:Entity {id: $body})
CALL (me) {
  MATCH (me)-[f:PROVIDES|USES]->(t:SharedService)<-[g:PROVIDES|USES]-(p:Organisation)
  WHERE p <> me AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
  RETURN 1 AS rank, 'direct' AS grade, p, t, null AS via, g, [f.fact, g.fact] AS evidence
  UNION ALL
  MATCH (me)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS]->(t:Partnership|Programme)<-[g:MEMBER_OF|TAKES_PART_IN|FUNDS]-(p:Organisation)
  WHERE p <> me AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
  RETURN 2 AS rank, 'named together' AS grade, p, t, null AS via, g, [f.fact, g.fact] AS evidence
  UNION ALL
  MATCH (me)-[m:MEMBER_OF]->(via:Group)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES]->(t:Partnership|Programme|SharedService)
        <-[g:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES]-(p:Organisation)
  WHERE p <> me AND p <> via AND /* holds(m) */ (m.basis IN $basis AND m.modality IN $modality AND ($as_of IS NULL OR (m.holds_from <= $as_of AND $as_of <= m.holds_until)) AND ($known_at IS NULL OR m.recorded <= $known_at) AND (m.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < m.withdrawn)) AND (m.disputed IS NULL OR $disputed)) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
    AND NOT EXISTS { (me)-[:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES]->(t) }
    AND NOT EXISTS { (me)-[:MEMBER_OF]->(p) }
  RETURN 3 AS rank, 'via group' AS grade, p, t, via, g, [m.fact, f.fact, g.fact] AS evidence
}
RETURN p {.id, .name, .kind} AS partner, t {.id, .name, .kind} AS what, via {.id, .name, .kind} AS via, grade,
       type(g) AS relation, g.role AS role, g.modality AS modality, evidence
ORDER BY rank, what.name, partner.name, relation
