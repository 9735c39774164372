"""Who is tied to what, and the scores of that network."""
