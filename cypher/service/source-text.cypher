// A source's text, with every fact's place in it, as far as a page can hold them.
MATCH (e:Source {id: $id})
OPTIONAL MATCH (s:Entity)-[f {source: $id}]->(o:Entity) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
WITH e, f, s, o ORDER BY f.start, f.fact LIMIT $most
RETURN e {.id, .name, .publisher, .licence, .date, .date_note, .recorded, .file, .sha256, .text} AS source,
       [x IN collect({id: f.fact, subject: s.name, relation: type(f), object: o.name, start: f.start, quote: f.quote,
                      basis: f.basis, modality: f.modality}) WHERE x.id IS NOT NULL] AS facts
