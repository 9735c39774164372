MATCH (a:Organisation)-[f:FUNDS]->(b)
RETURN a, f, b, f.amount AS amount, f.quote AS because
ORDER BY amount DESC LIMIT 25
