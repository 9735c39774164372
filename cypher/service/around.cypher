// Facts that lead to or from some entities, those that lead to what these are tied to, and those of their groups.
MATCH (b:Entity) WHERE b.id IN $ids
OPTIONAL MATCH (b)-[g:FACT]-(x:Entity) WHERE holds(g)
WITH collect(DISTINCT b) + collect(DISTINCT x) AS around
UNWIND around AS t
CALL (t) {
  MATCH (s:Entity)-[f:FACT]->(t) WHERE holds(f)
  RETURN s, f, t AS o
  UNION
  WITH t WHERE t:Group
  MATCH (t)-[f:FACT]->(o:Entity) WHERE holds(f)
  RETURN t AS s, f, o
}
WITH DISTINCT s, f, o
RETURN f.fact AS fact, s {.id, .name, .kind, .complete} AS subject, type(f) AS relation, o {.id, .name, .kind, .complete} AS object,
       f.role AS role, f.basis AS basis, f.modality AS modality, f.amount AS amount, f.currency AS currency,
       f.joint AS joint, f.source AS source, f.recorded AS recorded
ORDER BY fact
