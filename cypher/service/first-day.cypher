// The first day of which any document speaks.
MATCH (:Entity)-[f]->(:Entity)
WHERE f.fact IS NOT NULL AND f.basis <> 'register'
RETURN min(f.holds_from) AS first
