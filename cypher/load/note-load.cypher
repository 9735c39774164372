// When the graph was last changed; it stands in the same transaction as the change.
MERGE (l:Load {id: 'last'})
SET l.at = datetime()
