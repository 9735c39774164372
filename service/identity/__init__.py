"""Who a name or code means: one resolver, the names in a question, and who is elsewhere."""
