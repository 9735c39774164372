// title: Funding of which no source gives the amount
// ask: (which|what) (funding|money|grants) (has|have|is|are) (no amount|no known amount|unknown|of unknown amount|without an amount)
// ask: (which|what) amounts are (unknown|not given|missing|not known)
// column funder: who gives, or would
// column thing: what it is for
// column modality: whether it is actual, planned, proposed or hypothetical
// column note: what to mind
// empty: Every funding that a source names has its amount.
// modality: actual, planned, proposed, hypothetical
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical'], disputed: true}
MATCH (b)-[f:FUNDS]->(t)
WHERE f.amount IS NULL AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS funder, t {.id, .name, .kind} AS thing, f.modality AS modality, f.note AS note, [f.fact] AS evidence
ORDER BY funder.name, thing.name
