"""Who a name means: what is known of names before the graph is asked."""
