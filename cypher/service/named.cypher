// The names and kinds of some ids.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WITH collect([e.id, e.name, e.kind]) AS named
UNWIND range(0, size(named) - 1, 5000) AS i
RETURN named[i..i + 5000] AS named
