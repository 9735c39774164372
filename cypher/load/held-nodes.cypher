// Nodes of a dataset that the graph holds, many in a row: a row each would take the driver far longer.
MATCH (e:Entity {dataset: $dataset})
WITH collect(e.id) AS ids, collect(coalesce(e.checksum, '')) AS checksums
UNWIND range(0, size(ids) - 1, 10000) AS i
RETURN ids[i..i + 10000] AS ids, checksums[i..i + 10000] AS checksums
