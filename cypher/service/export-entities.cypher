// Entities with all that they carry: those of a dataset, those at the ends of some facts, or all.
MATCH (e:Entity)
WHERE ($dataset IS NULL OR e.dataset = $dataset OR EXISTS { (e)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-() WHERE f.dataset = $dataset })
  AND ($facts IS NULL OR EXISTS { (e)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-() WHERE f.fact IN $facts } OR (e:Source AND e.id IN $sources))
RETURN properties(e) AS entity ORDER BY e.id
