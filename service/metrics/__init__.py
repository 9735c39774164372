"""Scores of collaboration: pure functions of a networkx graph, one family of metrics a file.

A two-mode network is an undirected graph whose nodes carry `bipartite` 0 (organisations) or 1 (the things they share),
as networkx has it, or an `ArrayGraph`. Nothing here knows of the store.
"""
