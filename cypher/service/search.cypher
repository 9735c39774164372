// Facts whose quote or note speaks of these words, or whose ends are named so, best first.
CALL () {
  CALL db.index.fulltext.queryRelationships('quotes', $words, {limit: 200}) YIELD relationship, score
  RETURN relationship AS f, score
  UNION ALL
  CALL db.index.fulltext.queryNodes('summaries', $words, {limit: 20}) YIELD node, score
  MATCH (node)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity) WHERE f.fact IS NOT NULL
  RETURN f, score * 0.5 AS score
  UNION ALL
  UNWIND $named AS id
  MATCH (:Entity {id: id})-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-(:Entity) WHERE f.basis <> 'register'
  RETURN f, $bonus AS score
}
WITH f, sum(score) AS score
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH f.source AS source, f.start AS start, f.quote AS quote, max(score) AS score, collect(f) AS found
ORDER BY score DESC, source, start LIMIT $limit
RETURN quote, source, score, [f IN found | f.fact] AS evidence,
       [f IN found | {subject: startNode(f).name, relation: type(f), object: endNode(f).name, modality: f.modality}] AS says
