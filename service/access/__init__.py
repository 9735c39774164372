"""Who may come in: keys, their scopes, rates."""
