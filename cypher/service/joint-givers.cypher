// Everyone who gives to some sums that are given together.
MATCH (b:Organisation)-[f:FUNDS]->(t:Entity)
WHERE f.joint IN $joints
RETURN f.joint AS joint, f.fact AS fact, b {.id, .name, .kind} AS funder, t {.id, .name, .kind} AS thing
ORDER BY joint, funder.name, thing.name, fact
