// What a thing is made of, and what it is said to continue or to be continued by, step by step.
MATCH (t:Entity {id: $thing})
CALL (t) {
  MATCH (p:Entity)-[f:PART_OF]->+(t) WHERE all(g IN f WHERE holds(g))
  RETURN p, 'part' AS how, [g IN f | g.fact] AS evidence
  UNION
  MATCH (t)-[f:PRECEDES]->(p:Entity) WHERE holds(f)
  RETURN p, 'continued by' AS how, [f.fact] AS evidence
  UNION
  MATCH (p:Entity)-[f:PRECEDES]->(t) WHERE holds(f)
  RETURN p, 'continues' AS how, [f.fact] AS evidence
}
RETURN p {.id, .name, .kind} AS thing, how, evidence
ORDER BY how, p.name
