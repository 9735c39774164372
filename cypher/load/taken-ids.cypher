// Of some ids, those that nodes bear already.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id ORDER BY id
