// All constraints and indexes that there are: the name, the state, and the label or the relations that each is of.
SHOW INDEXES YIELD name, state, labelsOrTypes RETURN name, state, coalesce(labelsOrTypes, []) AS over
