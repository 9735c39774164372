CALL () { STATEMENT
}
WITH * LIMIT $limit // the rows of a statement, thousands in one, for a driver that takes longer over a record than over what is in it
WITH collect([COLUMNS]) AS rows
UNWIND range(0, size(rows) - 1, 5000) AS i
RETURN rows[i..i + 5000] AS rows
