// title: What one source says about a subject
// ask: what (does|do|did) {source} say (about|of|on) {topic}
// ask: (does|do|did) {source} (mention|speak of|name|say anything about) {topic}
// param source: Entity -- the source
// param topic: Text -- what it may speak of, in a few words
// column quote: the words
// column line: where in the source
// column says: the facts in those words
// column score: how well the words fit
// empty: No fact written from {source} speaks of that.
// modality: actual, planned, proposed, hypothetical, ended
// :param {source: 'joint-working-minutes-2014', topic: 'waste', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned', 'proposed', 'hypothetical', 'ended'], disputed: true}
CALL db.index.fulltext.queryRelationships('quotes', $topic, {limit: 500}) YIELD relationship AS f, score
WHERE f.source = $source AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH f.quote AS quote, f.line AS line, max(score) AS score, collect(f) AS found
RETURN quote, line, [f IN found | startNode(f).name + ' ' + type(f) + ' ' + endNode(f).name] AS says,
       round(score, 2) AS score, [f IN found | f.fact] AS evidence
ORDER BY score DESC, line LIMIT 20
