// Known members of groups.
MATCH (o:Organisation)-[f:MEMBER_OF]->(g:Group)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN g.id AS group, o.id AS member, f.fact AS fact
ORDER BY group, member, fact
