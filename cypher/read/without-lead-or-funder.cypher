// title: Programmes without a stated lead or funder
// ask: (which|what) (programmes|projects|programs) (have|has|are) (no|without|without a|without any) (stated lead|lead|stated lead or funder|lead or funder|funder|stated funder|known lead|known funder)
// ask: programmes without [a] (stated lead or funder|lead or funder|stated lead|lead|funder)
// column programme: the programme
// column lead: the leads that a source states; empty where none does
// column implied_lead: leads that a careful reader concludes
// column funder: the funders that a source states; empty where none does
// column missing: lead, funder, or both
// empty: Every programme has a stated lead and a stated funder.
// note: Missing means that no source says it, not that there is none.
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (p:Entity {kind: 'Programme'}) // the index of kinds and names gives them in order: only the rows that are fetched are worked out
WHERE p.name IS NOT NULL
  AND (NOT EXISTS { (p)<-[f:TAKES_PART_IN]-() WHERE f.role IN ['lead', 'joint lead'] AND f.basis = 'stated' AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) }
       OR NOT EXISTS { (p)<-[f:FUNDS]-() WHERE f.basis = 'stated' AND f.modality = 'actual' AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) })
WITH p ORDER BY p.kind, p.name, p.id
CALL (p) {
  OPTIONAL MATCH (p)<-[f:TAKES_PART_IN]-(b) WHERE f.role IN ['lead', 'joint lead'] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN [x IN collect({n: b.name, k: f.basis}) WHERE x.k = 'stated' | x.n] AS lead,
         [x IN collect({n: b.name, k: f.basis}) WHERE x.k = 'implied' | x.n] AS implied_lead
}
CALL (p) {
  OPTIONAL MATCH (p)<-[f:FUNDS]-(b) WHERE f.basis = 'stated' AND f.modality = 'actual' AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  RETURN collect(b.name) AS funder
}
CALL (p) {
  MATCH (p)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  WITH f ORDER BY f.fact
  RETURN collect(DISTINCT f.fact) AS evidence
}
WITH p, lead, implied_lead, funder, evidence
WHERE size(evidence) > 0
RETURN p {.id, .name, .kind} AS programme, lead, implied_lead, funder,
       CASE WHEN size(lead) > 0 THEN 'funder' WHEN size(funder) > 0 THEN 'lead' ELSE 'lead and funder' END AS missing,
       evidence
ORDER BY p.kind, p.name, p.id
