// Facts of a dataset that the graph holds.
MATCH ()-[f]->()
WHERE f.dataset = $dataset
RETURN f.fact AS id, f.checksum AS checksum, type(f) AS type
