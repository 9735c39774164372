// Add nodes.
UNWIND $rows AS row
CREATE (e:Entity)
SET e:$(row.labels), e = row.properties
