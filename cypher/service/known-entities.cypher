// Everything that the graph holds from elsewhere than one dataset, with the names and codes by which it is recognised.
MATCH (e:Entity)
WHERE e.dataset <> $dataset AND e.kind <> 'Source'
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.keys AS keys, e.org_id AS org_id, e.code AS code,
       e.gss_code AS gss_code, e.end AS ended
ORDER BY id
