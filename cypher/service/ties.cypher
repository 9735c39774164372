// Who takes part in what, in an order that does not depend on how the graph was made. Many ties in a row: a row each
// would take the driver far longer.
MATCH (o:Organisation)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|HOLDS|ATTENDS]->(t:Entity)
WHERE type(f) IN $relations AND t.kind IN ['Partnership', 'Programme', 'SharedService', 'Place', 'Event']
  AND holds(f)
WITH o.id AS organisation, t.id AS thing, type(f) AS relation, f.fact AS fact
ORDER BY organisation, thing, relation, fact
WITH collect([organisation, thing, relation, fact]) AS ties
UNWIND range(0, size(ties) - 1, 5000) AS i
RETURN ties[i..i + 5000] AS ties
