// Of some identifiers of grants, those that another dataset holds.
UNWIND $awards AS award
MATCH ()-[f:FUNDS {award: award}]->()
WHERE f.dataset <> $dataset
RETURN DISTINCT award, f.dataset AS dataset
