// Entities with all that they carry: those of a dataset, those at the ends of some facts, or all.
MATCH (e:Entity)
WHERE ($dataset IS NULL OR e.dataset = $dataset OR EXISTS { (e)-[f:FACT]-() WHERE f.dataset = $dataset })
  AND ($facts IS NULL OR EXISTS { (e)-[f:FACT]-() WHERE f.fact IN $facts } OR (e:Source AND e.id IN $sources))
RETURN properties(e) AS entity ORDER BY e.id
