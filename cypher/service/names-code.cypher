// Organisations by a code: that of their area (GSS), their org-id, or the register's. A GSS code may be that of several.
CALL () {
  MATCH (e:Entity) WHERE e.org_id = $code RETURN e
  UNION
  MATCH (e:Entity) WHERE e.gss_code = $code RETURN e
  UNION
  MATCH (e:Entity) WHERE e.code = $code RETURN e
}
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.keys AS keys, e.end AS ended,
       CASE WHEN e.end IS NULL THEN [] ELSE COLLECT { MATCH (e)-[:PRECEDES]->(s:Organisation) RETURN DISTINCT s {.id, .name, .kind} } END AS successors,
       e.start AS started,
       0 AS tier,
       e.aliases AS aliases
ORDER BY id LIMIT 60
