"""What others publish, as facts: each edge says which row of which file it comes from."""
