"""What is said: relations, kinds, facts, entities, sources and dates as typed values. Nothing here reads a file."""
