// The sources, with how many facts each gives.
CALL () {
  MATCH ()-[f:FACT]->() WHERE f.source IS NOT NULL
  RETURN f.source AS source, count(f) AS facts
  UNION ALL
  MATCH (e:Source) RETURN e.id AS source, 0 AS facts
}
WITH source, sum(facts) AS facts
MATCH (e:Source {id: source})
WITH e, facts
ORDER BY e.recorded, e.id
RETURN e {.id, .name, .publisher, .licence, .date, .date_note, .recorded, .file, .sha256} AS source, facts
