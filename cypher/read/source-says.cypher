// title: What one source says
// ask: what (does|do|did) {source} say
// ask: (which|what) facts (does|do) {source} (give|state|hold|contain)
// ask: what is (said in|stated in|in the source|in the document) {source}
// param source: Entity -- the source
// column line: where in the source
// column subject: who or what it is about
// column relation: how the two are tied
// column object: the other end
// column modality: whether it is actual, planned, proposed, hypothetical or ended
// column basis: whether the source states or implies it
// column amount: how much, where the source gives it
// column currency: of the amount, or its unit
// empty: No fact has been written from {source}.
// modality: actual, planned, proposed, hypothetical, ended
MATCH (s:Entity)-[f {source: $source}]->(o:Entity)
WHERE holds(f)
RETURN f.line AS line, s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object,
       f.modality AS modality, f.basis AS basis, f.amount AS amount, f.currency AS currency, [f.fact] AS evidence
ORDER BY f.start, f.fact
