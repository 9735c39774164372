// What `holds(f)` stands for in every file of cypher/: the one filter on a fact's basis, modality, dates and decisions.
// After a change of it, `make cypher` writes it into all of them. A fact that was withdrawn holds as far as it was known before.
// :param {as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
(f.basis IN $basis AND f.modality IN $modality
 AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until))
 AND ($known_at IS NULL OR f.recorded <= $known_at)
 AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn))
 AND (f.disputed IS NULL OR $disputed))
