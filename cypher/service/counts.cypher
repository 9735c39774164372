// What the graph holds, in four numbers, and when it was last changed.
CALL () { MATCH (e:Source) RETURN count(e) AS sources }
CALL () { MATCH (e:Organisation) RETURN count(e) AS organisations }
CALL () { MATCH (e:Entity) RETURN count(e) AS entities }
CALL () { MATCH ()-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]->() RETURN count(f) AS facts } // Neo4j keeps this number, as those above: nothing is gone through
OPTIONAL MATCH (l:Load {id: 'last'})
RETURN sources, organisations, entities, facts, l.at AS loaded
