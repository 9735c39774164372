// The transaction that bears a mark, if it still runs.
SHOW TRANSACTIONS YIELD transactionId AS id, metaData
WHERE metaData.joinedup = $mark
RETURN id
