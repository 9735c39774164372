// The groups that a body belongs to, and the facts that say so.
MATCH (:Entity {id: $organisation})-[f:MEMBER_OF]->(g:Group)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN g {.id, .name, .kind} AS group, collect(f.fact) AS evidence
ORDER BY group.name
