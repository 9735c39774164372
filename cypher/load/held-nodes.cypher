// Nodes of a dataset that the graph holds.
MATCH (e:Entity {dataset: $dataset})
RETURN e.id AS id, e.checksum AS checksum
