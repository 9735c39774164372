// Remove facts of one relation, which stands for KIND.
UNWIND $rows AS id
MATCH ()-[f:KIND {fact: id}]->()
DELETE f
