// Of the nodes that should have gone, those that an edge of somebody else's still needs.
MATCH (e:Entity)
WHERE e.id IN $ids
RETURN e.id AS id ORDER BY id
