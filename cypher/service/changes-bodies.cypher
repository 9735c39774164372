// Bodies whose beginning or end a register gives, with the facts that the register gives of them.
MATCH (e:Organisation)
WHERE e.start IS NOT NULL OR e.end IS NOT NULL
RETURN e {.id, .name, .kind} AS body, e.start AS start, e.end AS end,
       COLLECT { MATCH (e)-[f {basis: 'register'}]-() RETURN f.fact ORDER BY f.fact } AS evidence
ORDER BY e.id
