"""What networkx is told of the backend while it loads."""

from __future__ import annotations

from typing import Any

FUNCTIONS = (
    "betweenness_centrality",
    "biadjacency_matrix",
    "bipartite_betweenness_centrality",
    "bipartite_closeness_centrality",
    "closeness_centrality",
    "connected_components",
    "constraint",
    "core_number",
    "effective_size",
    "harmonic_centrality",
    "number_connected_components",
    "triangles",
)


def get_info() -> dict[str, Any]:
    return {
        "backend_name": "arrays",
        "project": "joinedup",
        "package": "joinedup",
        "short_summary": "Undirected graphs from arrays, computed in C by scipy and networkit.",
        "default_config": {},
        "functions": {name: {} for name in FUNCTIONS},
    }
