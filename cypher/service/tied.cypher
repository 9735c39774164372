// How many organisations have a tie, counted no further than $most.
MATCH (o:Organisation)-[f:MEMBER_OF|TAKES_PART_IN|PROVIDES|USES|BASED_AT|FUNDS|HOLDS|ATTENDS /* tying relation */]->(t:Entity)
WHERE type(f) IN $relations AND t.kind IN ['Partnership', 'Programme', 'SharedService', 'Place', 'Event']
  AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH DISTINCT o LIMIT $most
RETURN count(o) AS organisations
