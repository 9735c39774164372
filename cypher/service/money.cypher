// Money that sources speak of: who gives to what, under the filters; and who is named as sponsor, of whom no source says money.
MATCH (b:Organisation)-[f:FUNDS|TAKES_PART_IN]->(t:Entity)
WHERE (f:FUNDS OR f.role IN ['sponsor', 'supporter']) AND /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
  AND ($givers IS NULL OR b.id IN $givers) AND ($things IS NULL OR t.id IN $things OR f.programme IN $things)
RETURN f.fact AS fact, b {.id, .name, .kind} AS funder, t {.id, .name, .kind} AS thing, f.amount AS amount,
       f.currency AS currency, f.joint AS joint, f.modality AS modality, f.basis AS basis, f.role AS role, f.note AS note,
       f.source AS source, f.recorded AS recorded, f.programme AS programme
ORDER BY thing.name, thing.id, funder.name, funder.id, fact
