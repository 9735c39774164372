// Remove nodes that the dataset no longer names; one that an edge of somebody else's still needs is kept.
UNWIND $rows AS id
MATCH (e:Entity {id: id})
WHERE e.dataset = $dataset AND NOT EXISTS { (e)--() }
DELETE e
