// Every organisation that existed on the day, tied or not.
MATCH (o:Organisation)
WHERE $as_of IS NULL OR (coalesce(o.exists_from, $as_of) <= $as_of AND $as_of <= coalesce(o.exists_until, $as_of))
RETURN o.id AS id, o.name AS name, o.kind AS kind, o.tier AS tier, coalesce(o.named, true) AS named
ORDER BY id
