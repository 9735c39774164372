// Facts with all that they carry, and the names at their ends.
MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity)
WHERE f.fact IS NOT NULL AND ($dataset IS NULL OR f.dataset = $dataset) AND ($facts IS NULL OR f.fact IN $facts)
RETURN s.id AS subject, s.name AS subject_name, type(f) AS relation, o.id AS object, o.name AS object_name, properties(f) AS fact
ORDER BY f.fact
