// All rows of a statement in one, for a driver that takes longer over a record than over what is in it.
CALL () {
STATEMENT
}
WITH * LIMIT $limit
RETURN collect([COLUMNS]) AS rows
