// Change nodes of one kind, whose labels stand for KIND. Properties that others set stay; ours that are gone come as null and go. What all rows share comes once, as $common.
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
REMOVE e:Organisation:Authority:Agency:Partnership:Group:Programme:SharedService:Place:Event:Outcome:Source
SET e:KIND, e += $common, e += row.properties
