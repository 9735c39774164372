// Change nodes. Properties that others set beside ours stay; ours that are gone come as null and go.
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
REMOVE e:Organisation:Authority:Agency:Partnership:Group:Programme:SharedService:Place:Event:Outcome:Source
SET e:$(row.labels), e += row.properties
