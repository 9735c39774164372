// title: Organisations named in more than one source
// ask: (which|what) (organisations|bodies|organizations|councils|authorities) (are|is) (named|mentioned) (in more than one source|in several sources|in both sources|in both documents|in more than one document|in all sources)
// ask: (which|what) (organisations|bodies) (appear|occur|stand) in (more than one source|both sources|both documents|several sources)
// ask: (which|what) (bodies|organisations) are in (both documents|both sources|more than one source|several sources)
// column body: the organisation
// column sources: the documents that name it
// column facts: how many facts name it
// empty: No organisation is named in more than one source.
// note: Registers do not count here: they list bodies, they do not speak of them.
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (s)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(o) // both ends at once: from the few facts that are no register's, not from all organisations
WHERE f.basis IN ['stated', 'implied'] AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
UNWIND [s, o] AS b
WITH b, f WHERE b:Organisation
WITH b, f ORDER BY f.source, f.fact
WITH b, collect(DISTINCT f.source) AS sources, count(DISTINCT f) AS facts, collect(DISTINCT f.fact) AS evidence
WHERE size(sources) > 1
RETURN b {.id, .name, .kind} AS body, sources, facts, evidence
ORDER BY facts DESC, body.name
