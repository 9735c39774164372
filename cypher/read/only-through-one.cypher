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
MATCH (b:Organisation)-[f:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES|BASED_AT]->(t:Partnership|Programme|SharedService|Place)
      <-[g:TAKES_PART_IN|MEMBER_OF|FUNDS|PROVIDES|USES|BASED_AT]-(o:Organisation)
WHERE b <> o AND holds(f) AND holds(g)
WITH b, o, collect(DISTINCT t.name) AS through, collect(DISTINCT f.fact) + collect(DISTINCT g.fact) AS evidence
WITH b, collect({other: o, through: through, evidence: evidence}) AS ties
WHERE size(ties) = 1
WITH b, ties[0].other AS other, ties[0].through AS through, ties[0].evidence AS evidence
RETURN b {.id, .name, .kind} AS body, other {.id, .name, .kind} AS only, through, evidence
ORDER BY body.name
