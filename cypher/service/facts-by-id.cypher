// Facts with both their ends, in full.
UNWIND $ids AS id
MATCH (s)-[f:FACT {fact: id}]->(o)
RETURN f.fact AS id, s {.id, .name, .kind} AS subject, type(f) AS relation, o {.id, .name, .kind} AS object,
       f {.role, .amount, .currency, .joint, .award, .programme, .basis, .modality, .source, .quote, .line, .start, .note,
          .valid_from, .valid_until, .recorded} AS said
