// Entities with names like this one, best first: by words, and by words spelt almost so.
CALL db.index.fulltext.queryNodes('names', $lucene, {limit: $limit}) YIELD node AS e, score
WHERE $kinds IS NULL OR e.kind IN $kinds
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.keys AS keys, e.end AS ended,
       CASE WHEN e.end IS NULL THEN [] ELSE COLLECT { MATCH (e)-[:PRECEDES]->(s:Organisation) RETURN DISTINCT s {.id, .name, .kind} } END AS successors,
       e.start AS started,
       score,
       e.aliases AS aliases
ORDER BY score DESC, id
