// One entity with everything it has but its text.
MATCH (e:Entity {id: $id})
RETURN properties(e) AS entity
