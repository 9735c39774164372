// title: What depends on one body
// ask: (what|which programmes|which partnerships|which services) (depends|depend|relies|rely|hangs|hang) on {body}
// ask: what (would|might|could) (be lost|break|fail|stop|end|be affected|suffer) (without|if we lost|with the loss of) {body}
// ask: what (would|might|could) (be lost|break|fail|stop|end|be affected|suffer) if {body} (left|withdrew|went|closed|was dissolved|were dissolved|was abolished|disappeared)
// param body: Entity -- the body
// column thing: what depends on it
// column why: sole lead, sole funder, sole provider, or the only body named in it
// column modality: whether the tie is actual or planned
// column basis: whether the source states or implies it
// empty: No source names anything that {body} alone leads, funds, provides or takes part in.
// note: It depends on the body as far as the sources say; others who take part may not be named.
// :param {body: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (b:Entity {id: $body})-[f:TAKES_PART_IN|FUNDS|PROVIDES|MEMBER_OF]->(t:Programme|SharedService|Partnership)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
CALL (b, t) {
  OPTIONAL MATCH (t)<-[g:TAKES_PART_IN|FUNDS|PROVIDES|USES|MEMBER_OF]-(o) WHERE o <> b AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
  RETURN count(g) AS others,
         count(CASE WHEN g.role IN ['lead', 'joint lead'] THEN 1 END) AS leads,
         count(CASE WHEN g:FUNDS THEN 1 END) AS funders,
         count(CASE WHEN g:PROVIDES THEN 1 END) AS providers
}
WITH t, f, CASE WHEN others = 0 THEN 'only body named'
                WHEN f.role IN ['lead', 'joint lead'] AND leads = 0 THEN 'sole lead'
                WHEN f:FUNDS AND funders = 0 THEN 'sole funder'
                WHEN f:PROVIDES AND providers = 0 THEN 'sole provider' END AS why
WHERE why IS NOT NULL
RETURN t {.id, .name, .kind} AS thing, why, f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY why, thing.name
