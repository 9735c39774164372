// The sources, with how many facts each gives.
MATCH (e:Source)
OPTIONAL MATCH (:Entity)-[f]->(:Entity) WHERE f.source = e.id
WITH e, count(f) AS facts
ORDER BY e.recorded, e.id
RETURN e {.id, .name, .publisher, .licence, .date, .date_note, .recorded, .file, .sha256} AS source, facts
