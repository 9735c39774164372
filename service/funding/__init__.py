"""Who pays for what: gifts as sources name them, totals that say what is in them, and the account of one body."""
