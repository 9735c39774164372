// What was loaded from where: nodes and edges by dataset.
CALL () {
  MATCH (e:Entity) RETURN e.dataset AS dataset, count(e) AS nodes, 0 AS edges
  UNION ALL
  MATCH ()-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->() RETURN f.dataset AS dataset, 0 AS nodes, count(f) AS edges
}
WITH dataset, sum(nodes) AS nodes, sum(edges) AS edges
WHERE dataset IS NOT NULL
RETURN dataset, nodes, edges ORDER BY dataset
