"""What lives as long as the service does: the revision's watcher and the response cache."""
