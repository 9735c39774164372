// Authorities that the graph holds already, of whatever source but one.
MATCH (e:Entity)
WHERE e.kind IN ['Authority', 'Partnership'] AND e.dataset <> $dataset
RETURN e.id AS id, e.name AS name, e.gss_code AS code, e.keys AS keys
ORDER BY e.id
