// Nodes that should have gone, and that edges of others still need: they go over to a dataset that needs them, if one does.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)-[f]-()
WITH e, min(f.dataset) AS heir
SET e.dataset = coalesce(heir, e.dataset)
RETURN e.id AS id ORDER BY id
