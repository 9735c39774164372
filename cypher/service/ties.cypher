// Who takes part in what, in an order that does not depend on how the graph was made.
MATCH (o:Organisation)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|HOLDS|ATTENDS]->(t:Entity)
WHERE type(f) IN $relations AND t.kind IN ['Partnership', 'Programme', 'SharedService', 'Place', 'Event']
  AND holds(f)
RETURN o.id AS organisation, t.id AS thing, type(f) AS relation, f.fact AS fact
ORDER BY organisation, thing, relation, fact
