// title: Who provides or uses a service
// ask: (who|which body|which bodies|which organisation|which council) (provides|provide|delivers|supplies|uses|use|buys|receives|gets) {service}
// ask: who (is|are) [the] (provider|providers|user|users) of {service}
// param service: Entity -- the shared service
// column body: who
// column relation: PROVIDES or USES
// column modality: whether it is actual or planned
// column basis: whether the source states or implies it
// grade provider: it provides {service} -- No source says who provides {service}.
// grade user: it uses {service} -- No source says who uses {service}.
// column grade: provider or user
// :param {service: 'solent-lep-technical-resources', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (s:Entity {id: $service})<-[f:PROVIDES|USES]-(b)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS body, type(f) AS relation, CASE type(f) WHEN 'PROVIDES' THEN 'provider' ELSE 'user' END AS grade,
       f.modality AS modality, f.basis AS basis, [f.fact] AS evidence
ORDER BY grade, body.name
