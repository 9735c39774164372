// Known members of groups.
MATCH (o:Organisation)-[f:MEMBER_OF]->(g:Group)
WHERE holds(f)
RETURN g.id AS group, o.id AS member, f.fact AS fact
ORDER BY group, member, fact
