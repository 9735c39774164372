// Entities by kind, in the order of their names.
MATCH (e:Entity)
WHERE $kinds IS NULL OR e.kind IN $kinds
WITH e ORDER BY e.name, e.id
WITH collect(e) AS found
UNWIND found[$offset..$offset + $limit] AS e
RETURN size(found) AS total, e {.id, .name, .kind, .aliases, .summary} AS entity
