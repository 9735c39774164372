// Facts of a dataset that the graph holds, by relation, many in a row: a row each would take the driver far longer.
MATCH ()-[f]->()
WHERE f.dataset = $dataset
WITH type(f) AS type, collect(f.fact) AS ids, collect(coalesce(f.checksum, '')) AS checksums
UNWIND range(0, size(ids) - 1, 10000) AS i
RETURN type, ids[i..i + 10000] AS ids, checksums[i..i + 10000] AS checksums
