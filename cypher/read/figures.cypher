// title: Figures reported for something
// ask: (which|what) (figures|numbers|outcomes|results|amounts|figures and outcomes) (are|is|were|have been) (reported|given|known|stated|named) (for|of|about|by) {thing}
// ask: (which|what) (figures|numbers|outcomes|results) (does|do|did) {thing} (report|have|give)
// ask: how much (has|have|did|does|will|would|is|was|were) {thing} (save|saved|saving|save in|cost|costs|invest|invested|deliver|delivered|raise|raised|leverage|leveraged|diverted|worth|spent)
// ask: how much (money|was saved|is saved|was invested|is invested|investment|saving|waste|leverage) (by|in|for|through|on|did|has|has been invested in|was put into|was diverted by) {thing} [save|saved|divert|diverted|deliver|delivered]
// ask: how many (people|staff|agencies|visitors|users|authorities|years) (use|uses|using|are in|are using|visit|visits|work with|are|take part in|in|across) {thing}
// ask: what (has|have|did|does|will|are|is|was) {thing} (saved|save|achieved|achieve|delivered|deliver|reported|report|raised|worth|cost)
// ask: (figures|outcomes|savings|results|numbers) (for|of|from|by) {thing}
// ask: how much (is|was|are) {thing}
// param thing: Entity -- the programme, body or place
// column reporter: of what the figure is reported
// column figure: the figure
// column measure: saving, investment, leverage, volume, reach, share or publication
// column amount: how much; null where the source gives none
// column unit: of the amount
// column period: for which time
// column approximate: true where the source says about, some, or at least
// column estimated_by: whose estimate it is, where the source says
// column modality: whether it is actual, planned, proposed or hypothetical
// column note: what to mind
// empty: No source reports a figure for {thing}.
// modality: actual, planned, proposed, hypothetical, ended
// note: Figures are not added up: a source may give one sum in several ways.
// :param {thing: 'hampshire-county-council', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
MATCH (t:Entity {id: $thing})
MATCH (r:Entity)-[f:REPORTS]->(o:Outcome)
WHERE (r = t OR EXISTS { (r)-[:PART_OF]->(t) } OR (t:Authority AND (o.estimated_by = t.id OR EXISTS { (t)-[:TAKES_PART_IN {role: 'lead'}]->(r) })))
  AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
OPTIONAL MATCH (e:Entity {id: o.estimated_by})
RETURN r {.id, .name, .kind} AS reporter, o {.id, .name, .kind} AS figure, o.measure AS measure, o.amount AS amount,
       o.unit AS unit, o.period AS period, coalesce(o.approximate, false) AS approximate,
       e {.id, .name, .kind} AS estimated_by, f.modality AS modality, f.note AS note, [f.fact] AS evidence
ORDER BY reporter.name, measure, amount DESC, figure.name
