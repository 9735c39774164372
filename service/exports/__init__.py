"""The graph as files that others open, and that an import makes into the same graph again."""
