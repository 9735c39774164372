// Take the note of the version for oneself until the transaction ends: whoever comes second waits here.
MERGE (s:Schema {id: 'schema'})
SET s.migrating = true
