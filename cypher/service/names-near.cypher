// Entities with names like this one, best first: by words, and by words spelt almost so.
CALL db.index.fulltext.queryNodes('names', $lucene, {limit: $limit}) YIELD node, score
WHERE $kinds IS NULL OR node.kind IN $kinds
RETURN node.id AS id, node.name AS name, node.kind AS kind, node.keys AS keys, score
ORDER BY score DESC, id
