"""joinedup: who works with whom in public service, with the sentence that says so."""
