// Everything that the graph holds from elsewhere than one dataset, with the names it bears.
MATCH (e:Entity)
WHERE e.dataset <> $dataset AND e.kind <> 'Source'
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.keys AS keys, e.end AS ended
ORDER BY id
