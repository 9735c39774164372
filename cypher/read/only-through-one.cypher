// title: Bodies that only one other body connects
// ask: (which|what) (bodies|organisations|partners) (are|is) (only connected|connected only) (through one other|through one body|by one other|by one body|through one)
// ask: (which|what) (bodies|organisations) (does|do) only one other (connect|body connect|connects)
// ask: (bodies|organisations) that only one other [body] connects
// ask: (who|which bodies) (hangs|hang|depends|depend) on (one|a single) [other] (body|organisation|partner)
// column body: the body
// column only: the one other body that shares something with it
// column through: what the two share
// empty: Every body shares something with more than one other, or with none.
// note: Sharing is being named in one partnership, programme, service or place; groups count as one body.
MATCH (b:Entity&Organisation) USING INDEX b:Entity(name) // in the order of names: only the rows that are fetched are worked out
WHERE b.name IS NOT NULL
WITH b ORDER BY b.name, b.id
CALL (b) {
  MATCH (b)-[f:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES|BASED_AT]->(:Partnership|Programme|SharedService|Place)
        <-[g:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES|BASED_AT]-(o:Organisation)
  WHERE b <> o AND holds(f) AND holds(g)
  WITH DISTINCT o LIMIT 2 // a second one is enough to leave the body aside
  RETURN collect(o) AS others
}
WITH b, others
WHERE size(others) = 1
WITH b, others[0] AS o
CALL (b, o) {
  MATCH (b)-[f:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES|BASED_AT]->(t:Partnership|Programme|SharedService|Place)
        <-[g:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES|BASED_AT]-(o)
  WHERE holds(f) AND holds(g)
  RETURN collect(DISTINCT t.name) AS through, collect(DISTINCT f.fact) + collect(DISTINCT g.fact) AS evidence
}
RETURN b {.id, .name, .kind} AS body, o {.id, .name, .kind} AS only, through, evidence
ORDER BY b.name, b.id
