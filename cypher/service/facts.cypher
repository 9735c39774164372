// Facts that fit the filters; a filter that is null lets everything through. It starts where a filter names an end.
CALL () {
  UNWIND $subjects AS id
  MATCH (s:Entity {id: id})-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity)
  RETURN s, f, o
  UNION ALL
  UNWIND CASE WHEN $subjects IS NULL THEN $objects END AS id
  MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity {id: id})
  RETURN s, f, o
  UNION ALL
  UNWIND CASE WHEN $subjects IS NULL AND $objects IS NULL THEN [true] END AS all
  MATCH (s:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o:Entity)
  RETURN s, f, o
}
WITH s, f, o
WHERE f.fact IS NOT NULL
  AND ($sources IS NULL OR f.source IN $sources)
  AND ($objects IS NULL OR o.id IN $objects)
  AND ($relations IS NULL OR type(f) IN $relations)
  AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH s, f, o ORDER BY f.source, f.start, f.fact
WITH collect([s, f, o]) AS found
UNWIND found[$offset..$offset + $limit] AS row
WITH size(found) AS total, row[0] AS s, row[1] AS f, row[2] AS o
RETURN total, /* fact(s, f, o) */ f.fact AS id, s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.role AS role, f.amount AS amount, f.currency AS currency, f.joint AS joint, f.basis AS basis, f.modality AS modality, f.source AS source, f.quote AS quote, f.line AS line, f.start AS start, f.note AS note, f.valid_from AS valid_from, f.valid_until AS valid_until, toString(f.recorded) AS recorded, toString(f.last_seen) AS last_seen, f.first_edition AS first_edition, f.last_edition AS last_edition, toString(f.disputed) AS disputed, toString(f.withdrawn) AS withdrawn, f.award AS award, f.programme AS programme /* end */
