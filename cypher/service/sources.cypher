// The sources, with how many facts each gives.
CALL () {
  MATCH ()-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->() WHERE f.source IS NOT NULL
  RETURN f.source AS source, count(f) AS facts
  UNION ALL
  MATCH (e:Source) RETURN e.id AS source, 0 AS facts
}
WITH source, sum(facts) AS facts
MATCH (e:Source {id: source})
WITH e, facts
ORDER BY e.recorded, e.id
RETURN e {.id, .name, .publisher, .licence, .date, .date_note, .recorded, .file, .sha256 /* source property */} AS source, facts
