// Every organisation that existed on the day, tied or not; many in a row.
MATCH (o:Organisation)
WHERE $as_of IS NULL OR (coalesce(o.exists_from, $as_of) <= $as_of AND $as_of <= coalesce(o.exists_until, $as_of))
WITH o ORDER BY o.id
WITH collect([o.id, o.name, o.kind, o.tier]) AS bodies
UNWIND range(0, size(bodies) - 1, 5000) AS i
RETURN bodies[i..i + 5000] AS bodies
