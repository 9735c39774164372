// Facts with all that they carry, and the names at their ends.
MATCH (s:Entity)-[f:FACT]->(o:Entity)
WHERE f.fact IS NOT NULL AND ($dataset IS NULL OR f.dataset = $dataset) AND ($facts IS NULL OR f.fact IN $facts)
RETURN s.id AS subject, s.name AS subject_name, type(f) AS relation, o.id AS object, o.name AS object_name, properties(f) AS fact
ORDER BY f.fact
