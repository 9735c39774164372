// Made for each relation, whose name comes into names and types here: a constraint or index of edges is of one relation.
// A fact's id stands on one edge only, so that loading twice, or two loads at once, cannot double it.
CREATE CONSTRAINT fact_kind IF NOT EXISTS FOR ()-[f:KIND]-() REQUIRE f.fact IS UNIQUE;
// Facts by how surely they are said and whether they are done, and by where in which source they stand: so what is planned,
// or what one document says, is found without a look at every fact.
CREATE INDEX said_kind IF NOT EXISTS FOR ()-[f:KIND]-() ON (f.basis, f.modality);
CREATE INDEX source_kind IF NOT EXISTS FOR ()-[f:KIND]-() ON (f.source, f.start);
