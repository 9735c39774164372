// Entities whose id or one of whose names is exactly this one. `keys` holds names in their compared form.
CALL () {
  MATCH (e:Entity {id: $id}) RETURN e, 0 AS tier
  UNION
  CALL db.index.fulltext.queryNodes('name_keys', $key) YIELD node
  RETURN node AS e, 1 AS tier
}
WITH e, min(tier) AS tier
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.keys AS keys, e.end AS ended,
       CASE WHEN e.end IS NULL THEN [] ELSE COLLECT { MATCH (e)-[:PRECEDES]->(s:Organisation) RETURN DISTINCT s {.id, .name, .kind} } END AS successors,
       e.start AS started,
       tier,
       e.aliases AS aliases
ORDER BY tier, id LIMIT 60
