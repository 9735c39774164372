// What is stored is of this version now.
MATCH (s:Schema {id: 'schema'})
SET s.version = $version, s.migrated = datetime()
REMOVE s.migrating
