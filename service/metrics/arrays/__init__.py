"""Graphs straight from arrays, and a networkx backend that computes on them in C (scipy, networkit).

Nothing here knows of joinedup: the folder could be published alone. Calls stay networkx's: a function given an
`ArrayGraph` (graph.py) is dispatched to backend.py (entry point `networkx.backends`, name `arrays`); one that is not
implemented there falls back to networkx where `networkx.config.fallback_to_nx` says so. This file imports nothing:
networkx reads info.py while it is itself being imported.
"""
