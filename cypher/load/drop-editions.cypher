// Remove the editions of sources that are gone.
UNWIND $ids AS id
MATCH (n:Edition {source: id})
WHERE NOT EXISTS { (:Entity {id: id}) }
DELETE n
