// Names are found word by word as they are written; quotes and notes by the stem of their English words.
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (e:Entity) ON EACH [e.name, e.aliases]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX summaries IF NOT EXISTS FOR (e:Entity) ON EACH [e.summary]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
CREATE FULLTEXT INDEX quotes IF NOT EXISTS
FOR ()-[f:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|PRECEDES|HOLDS|ATTENDS|REPORTS|SERVES|LOCATED_IN|ENABLED_BY|CONCERNS|PUBLISHES /* any relation */]-()
ON EACH [f.quote, f.note]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
CREATE FULLTEXT INDEX name_keys IF NOT EXISTS FOR (e:Entity) ON EACH [e.keys]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}};
CREATE INDEX entity_name IF NOT EXISTS FOR (e:Entity) ON (e.name);
CREATE INDEX entity_kind_name IF NOT EXISTS FOR (e:Entity) ON (e.kind, e.name);
CREATE INDEX entity_org_id IF NOT EXISTS FOR (e:Entity) ON (e.org_id);
CREATE INDEX entity_gss_code IF NOT EXISTS FOR (e:Entity) ON (e.gss_code);
CREATE INDEX entity_code IF NOT EXISTS FOR (e:Entity) ON (e.code);
CREATE INDEX funds_award IF NOT EXISTS FOR ()-[f:FUNDS]-() ON (f.award);
CREATE INDEX funds_programme IF NOT EXISTS FOR ()-[f:FUNDS]-() ON (f.programme);
CREATE INDEX edition_source IF NOT EXISTS FOR (n:Edition) ON (n.source);
CREATE INDEX entity_dataset IF NOT EXISTS FOR (e:Entity) ON (e.dataset);
CALL db.awaitIndexes(86400);
