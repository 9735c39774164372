// The first day of which any document speaks.
MATCH (:Entity)-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->(:Entity)
WHERE f.basis <> 'register'
RETURN min(f.holds_from) AS first
