"""What lives as long as the service does: the revision's watcher, the response cache, processes for long work."""
