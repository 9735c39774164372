// What people decided about facts, the earlier first: of all that was decided about one, what came last holds.
MATCH (d:Decision {what: 'fact'})
WITH d, toString(d.at) AS at
RETURN d.id AS id, d.about AS about, d.verdict AS verdict, at
ORDER BY at, d.id
