// The first edition of each source is what the source is; a load before version 2 kept no other.
MATCH (s:Source)
WHERE s.sha256 IS NOT NULL AND s.checksum IS NOT NULL
MERGE (n:Edition {id: s.id + '@' + left(s.sha256, 12)})
SET n.source = s.id, n.number = 1, n.sha256 = s.sha256, n.date = s.date, n.recorded = s.recorded, n.text = s.text
