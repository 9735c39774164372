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
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (b:Entity&Organisation) USING INDEX b:Entity(name) // in the order of names: only the rows that are fetched are worked out
WHERE b.name IS NOT NULL
WITH b ORDER BY b.name, b.id
CALL (b) {
  MATCH (b)-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]->(:Partnership|Programme|SharedService|Place)
        <-[g:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]-(o:Organisation)
  WHERE b <> o AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
  WITH DISTINCT o LIMIT 2 // a second one is enough to leave the body aside
  RETURN collect(o) AS others
}
WITH b, others
WHERE size(others) = 1
WITH b, others[0] AS o
CALL (b, o) {
  MATCH (b)-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]->(t:Partnership|Programme|SharedService|Place)
        <-[g:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]-(o)
  WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)) AND /* holds(g) */ (g.basis IN $basis AND g.modality IN $modality AND ($as_of IS NULL OR (g.holds_from <= $as_of AND $as_of <= g.holds_until)) AND ($known_at IS NULL OR g.recorded <= $known_at) AND (g.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < g.withdrawn)) AND (g.disputed IS NULL OR $disputed))
  RETURN collect(DISTINCT t.name) AS through, collect(DISTINCT f.fact) + collect(DISTINCT g.fact) AS evidence
}
RETURN b {.id, .name, .kind} AS body, o {.id, .name, .kind} AS only, through, evidence
ORDER BY b.name, b.id
