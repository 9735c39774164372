"""Rules that read a document's passages and draft facts for a person to accept or reject."""
