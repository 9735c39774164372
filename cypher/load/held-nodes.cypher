// What the graph holds of a dataset, and whether somebody else's node stands under an id that the dataset wants.
MATCH (e:Entity)
WHERE e.dataset = $dataset OR e.id IN $ids
RETURN e.id AS id, e.checksum AS checksum, e.dataset AS dataset
