// title: The shortest chain between two bodies
// ask: (how is|how are|in what way is|how does|how do) {a} (connected to|connected with|related to|joined to|reach|linked by a chain to) {b}
// ask: [what is] [the] (shortest chain|chain|shortest path|path|connection|link|shortest connection) (between|from) {a} (and|to) {b}
// ask: how (are|is) {a} and {b} (connected|linked|related|joined up|joined)
// ask: what (connects|links|joins|ties) {a} (and|with|to) {b}
// param a: Entity -- where the chain starts
// param b: Entity -- where it ends
// column step: its place in the chain, from 1
// column start: the nearer end of the step
// column relation: how the two are tied
// column end: the farther end of the step
// column direction: whether the fact says it of the start or of the end
// column modality: whether it is actual or planned
// column basis: whether the source states it, implies it, or a register places it
// empty: No chain of facts joins {a} and {b}.
// note: A chain shows who could speak to whom, not that they do; a step by register holds only as one of the group.
// :param {a: 'gosport-borough-council', b: 'home-office', as_of: null, known_at: null, basis: ['stated', 'implied', 'register'], modality: ['actual', 'planned'], disputed: true}
MATCH (a:Entity {id: $a}), (b:Entity {id: $b})
WHERE a <> b
MATCH p = allShortestPaths((a)-[:MEMBER_OF|TAKES_PART_IN|FUNDS|PROVIDES|USES|BASED_AT|PART_OF|HOLDS|ATTENDS|ENABLED_BY|PRECEDES|CONCERNS*..10]-(b))
WHERE all(f IN relationships(p) WHERE /* holds(f) */ (f.basis IN $basis AND f.modality IN $modality AND ($as_of IS NULL OR (f.holds_from <= $as_of AND $as_of <= f.holds_until)) AND ($known_at IS NULL OR f.recorded <= $known_at) AND (f.withdrawn IS NULL OR ($known_at IS NOT NULL AND $known_at < f.withdrawn)) AND (f.disputed IS NULL OR $disputed)))
WITH p, reduce(key = '', f IN relationships(p) | key + f.fact) AS key,
     size([f IN relationships(p) WHERE f.basis = 'register']) AS registers
ORDER BY registers, key LIMIT 1
UNWIND range(1, length(p)) AS step
WITH step, nodes(p)[step - 1] AS s, relationships(p)[step - 1] AS f, nodes(p)[step] AS e
RETURN step, s {.id, .name, .kind} AS start, type(f) AS relation, e {.id, .name, .kind} AS end,
       CASE WHEN startNode(f) = s THEN 'forward' ELSE 'backward' END AS direction, f.modality AS modality,
       f.basis AS basis, [f.fact] AS evidence
ORDER BY step
