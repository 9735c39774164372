// title: Groups to which a body belongs
// ask: (which|what) groups (does|do|is|are) {body} (belong to|in|part of|a member of)
// param body: Entity -- the body
// column group: the group
// column basis: whether the source states it, implies it, or a register places it
// column note: what to mind
// empty: No source or register places {body} in a group.
MATCH (b:Entity {id: $body})-[f:MEMBER_OF]->(g:Group)
WHERE holds(f)
RETURN g {.id, .name, .kind} AS group, f.basis AS basis, f.note AS note, [f.fact] AS evidence
ORDER BY group.name
