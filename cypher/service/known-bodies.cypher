// Organisations and programmes that the graph holds from elsewhere than one dataset.
MATCH (e:Organisation|Programme)
WHERE e.dataset <> $dataset AND e.kind <> 'Group'
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.org_id AS org_id, e.code AS code, e.keys AS keys, e.end AS ended
ORDER BY id
