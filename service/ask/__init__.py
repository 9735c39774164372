"""Questions in words: what a question asks, read as a frame, without a database."""
