"""From somebody's own document to drafts of facts, each with its quote. Needs no database."""
