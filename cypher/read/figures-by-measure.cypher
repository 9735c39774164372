// title: Figures of one measure: savings, investment, leverage, reach and so on
// ask: (which|what) savings (are|were|have been) (reported|made|named|planned|estimated|there)
// param measure: Choice(saving|investment|leverage|volume|reach|share|publication) = saving -- what the figure measures
// column reporter: of what the figure is reported
// column figure: the figure
// column amount: how much; null where the source gives none
// column unit: of the amount
// column period: for which time
// column approximate: true where the source says about, some, or at least
// column estimated_by: whose estimate it is, where the source says
// column modality: whether it is actual, planned, proposed or hypothetical
// column source: which source gives it
// empty: No source reports such a figure.
// modality: actual, planned, proposed, hypothetical, ended
// note: Figures are not added up: periods overlap, sources differ, and one sum may be given in several ways.
// :param {measure: 'saving', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
MATCH (r:Entity)-[f:REPORTS]->(o:Outcome {measure: $measure})
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
OPTIONAL MATCH (e:Entity {id: o.estimated_by})
RETURN r {.id, .name, .kind} AS reporter, o {.id, .name, .kind} AS figure, o.amount AS amount, o.unit AS unit,
       o.period AS period, coalesce(o.approximate, false) AS approximate, e {.id, .name, .kind} AS estimated_by,
       f.modality AS modality, f.source AS source, [f.fact] AS evidence
ORDER BY amount DESC, figure.name
