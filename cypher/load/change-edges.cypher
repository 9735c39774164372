// Change facts of one relation, which stands for KIND. Properties of ours that are gone come as null and go. What all rows share comes once, as $common.
// Where another edition says it now, the first one that did, and the days since when it was known and held, stay.
UNWIND $rows AS row
MATCH ()-[f:KIND {fact: row.id}]->()
WITH f, row, f.first_edition AS first, f.recorded AS recorded, f.holds_from AS since
SET f += $common, f += row.properties
WITH f, first, recorded, since WHERE first <> f.first_edition AND recorded <= f.recorded
SET f.first_edition = first, f.recorded = recorded,
    f.holds_from = CASE WHEN f.valid_from IS NULL AND since < f.holds_from THEN since ELSE f.holds_from END
