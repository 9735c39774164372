// The documents, with the last day on which each can have been written. A register speaks of nobody but its rows.
MATCH (e:Source)
WHERE NOT EXISTS { ()-[f {source: e.id, basis: 'register'}]->() }
RETURN e {.id, .name, .kind} AS source, e.recorded AS recorded
ORDER BY recorded, e.id
