// The version of what is stored: null where none is noted. `ours` says whether a load has written anything.
OPTIONAL MATCH (s:Schema {id: 'schema'})
RETURN s.version AS version, EXISTS { (e:Entity) WHERE e.checksum IS NOT NULL AND e.dataset IS NOT NULL } AS ours
