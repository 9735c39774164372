// The groups that a body belongs to, and the facts that say so.
MATCH (:Entity {id: $organisation})-[f:MEMBER_OF]->(g:Group)
WHERE holds(f)
RETURN g {.id, .name, .kind} AS group, collect(f.fact) AS evidence
ORDER BY group.name
