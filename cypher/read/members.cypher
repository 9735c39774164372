// title: Members of a partnership or group
// ask: (who|which bodies|which organisations|which councils|which partners|which authorities) (is a member of|are members of|belongs to|belong to|makes up|make up|sits on|sit on|is on|are on|is represented in|are represented in|is represented by|are represented by|is represented on|are represented on) {body}
// ask: (who are|what are) [all] [the] members of {body}
// ask: (who|whom|which bodies) (does|do) {body} (represent|include|join|consist of|comprise)
// ask: members of {body}
// param body: Entity -- the partnership or group
// column member: who belongs to it
// column grade: named by a source, or placed by a register
// column modality: whether it is actual or planned
// column basis: whether the source states it, implies it, or a register places it
// column role: in which role, where a source gives one
// grade named: a source names the member -- No source names a member of {body}.
// grade by register: a register places the member there; the source that names the group does not list it -- No register places a member in {body}.
// note: A member that is a group is not spelt out here: ask for its own members.
// :param {body: 'hampshire-local-authorities', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (t:Entity {id: $body})<-[f:MEMBER_OF]-(b)
WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed))
RETURN b {.id, .name, .kind} AS member, CASE f.basis WHEN 'register' THEN 'by register' ELSE 'named' END AS grade,
       f.modality AS modality, f.basis AS basis, f.role AS role, [f.fact] AS evidence
ORDER BY grade DESC, member.name
