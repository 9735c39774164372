// Each fact was first and last seen in that edition.
MATCH ()-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->()
WHERE f.fact IS NOT NULL AND f.checksum IS NOT NULL
MATCH (s:Source {id: f.source})
WHERE s.sha256 IS NOT NULL AND s.checksum IS NOT NULL
WITH f, s.id + '@' + left(s.sha256, 12) AS edition
SET f.last_seen = f.recorded, f.first_edition = edition, f.last_edition = edition
