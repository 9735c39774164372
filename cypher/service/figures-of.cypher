// Figures that are reported of some things, of what some bodies lead, or that those bodies estimate.
MATCH (r:Entity)-[f:REPORTS]->(o:Outcome)
WHERE (r.id IN $things OR o.estimated_by IN $leaders
       OR EXISTS { (b:Organisation)-[g:TAKES_PART_IN]->(r) WHERE b.id IN $leaders AND g.role IN ['lead', 'joint lead'] AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed)) })
  AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
OPTIONAL MATCH (e:Entity {id: o.estimated_by})
RETURN f.fact AS fact, r {.id, .name, .kind} AS reporter, o {.id, .name, .kind} AS figure, o.measure AS measure,
       o.amount AS amount, o.unit AS unit, o.period AS period, coalesce(o.approximate, false) AS approximate,
       e {.id, .name, .kind} AS estimated_by, f.modality AS modality, f.basis AS basis, f.note AS note
ORDER BY reporter.name, measure, amount DESC, figure.name, fact
