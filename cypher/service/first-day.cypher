// The first day of which any document speaks.
MATCH (:Entity)-[f:FACT]->(:Entity)
WHERE f.basis <> 'register'
RETURN min(f.holds_from) AS first
