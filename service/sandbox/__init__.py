"""Analysts' Cypher that reads, let through in layers because each alone has been got around elsewhere."""
