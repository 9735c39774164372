// Every organisation, tied or not.
MATCH (o:Organisation)
RETURN o.id AS id, o.name AS name, o.kind AS kind, o.tier AS tier
ORDER BY id
