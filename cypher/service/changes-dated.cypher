// Ties with a day of their own that one of two days does not leave out, and those of which a source says that they are over.
MATCH (s:Entity)-[f:FACT]->(o:Entity)
WHERE holds(f)
  AND (f.valid_from IS NOT NULL OR f.valid_until IS NOT NULL OR f.modality = 'ended')
RETURN s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object, f.fact AS fact,
       f.valid_from AS valid_from, f.valid_until AS valid_until, f.modality AS modality,
       f.recorded AS recorded
ORDER BY fact
