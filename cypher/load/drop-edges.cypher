// Remove facts that the dataset no longer states.
MATCH ()-[f]->()
WHERE f.dataset = $dataset AND f.fact IN $rows
DELETE f
