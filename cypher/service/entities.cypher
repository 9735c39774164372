// Entities by kind that existed on the day, and of which a source spoke by the other, in the order of their names.
MATCH (e:Entity)
WHERE ($kinds IS NULL OR e.kind IN $kinds)
  AND ($as_of IS NULL OR (coalesce(e.exists_from, $as_of) <= $as_of AND $as_of <= coalesce(e.exists_until, $as_of)))
  AND ($known_at IS NULL OR EXISTS { (e)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-() WHERE f.recorded <= $known_at })
  AND ($ids IS NULL OR e.id IN $ids)
WITH e ORDER BY e.name, e.id
WITH collect(e) AS found
UNWIND found[$offset..$offset + $limit] AS e
RETURN size(found) AS total, e {.id, .name, .kind, .aliases, .summary, .start, .end /* listed property */} AS entity
