"""The networkx functions that this backend computes, with networkx's own signatures and meanings.

Where networkx's arguments ask for more than is implemented here, `can_run` says so before anything is converted.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

import networkit as nk
import networkx as nx
import numpy as np
from scipy import sparse

from service.metrics.arrays.distances import at_distance
from service.metrics.arrays.graph import ArrayGraph, Floats, TwoModeGraph
from service.metrics.arrays.structural_holes import constraint_values, effective_sizes

_to_scipy: Any = nx.to_scipy_sparse_array.orig_func

Values = dict[Hashable, float]


def _named(graph: ArrayGraph, values: Floats, nodes: Iterable[Hashable] | None = None) -> Values:
    if nodes is None:
        return dict(zip(graph.node_list, values.tolist(), strict=True))
    return {node: float(values[graph.index[node]]) for node in nodes}


def _scores(algorithm: Any) -> Floats:
    return np.asarray(algorithm.run().scores(), dtype=np.float64)


def betweenness_centrality(
    G: ArrayGraph,  # noqa: N803  networkx's own names
    k: int | None = None,
    normalized: bool = True,
    weight: str | None = None,
    endpoints: bool = False,
    seed: Any = None,
) -> Values:
    """Brandes 2001, exact. networkit counts each pair of an undirected graph twice."""
    n = len(G)
    values = _scores(nk.centrality.Betweenness(G.networkit(weighted=weight is not None))) / 2
    if normalized and n > 2:
        values *= 2 / ((n - 1) * (n - 2))
    return _named(G, values)


def bipartite_betweenness_centrality(G: ArrayGraph, nodes: Iterable[Hashable]) -> Values:  # noqa: N803
    """Borgatti & Everett 1997: divided by the most that each side can have; 0 where that is 0."""
    top = {G.index[node] for node in nodes}
    n, m = len(top), len(G) - len(top)
    values = _scores(nk.centrality.Betweenness(G.networkit())) / 2
    most = np.array([_most_between(n, m) if i in top else _most_between(m, n) for i in range(len(G))])
    return _named(G, np.divide(values, most, out=np.zeros(len(G)), where=most > 0))


def _most_between(n: int, m: int) -> float:
    s, t = divmod(n - 1, m)
    return (m**2 * (s + 1) ** 2 + m * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2.0


def _distance_sums(graph: ArrayGraph) -> tuple[Floats, Floats]:
    """For each node, the sum of its distances to all it reaches, and how many it reaches, itself included."""
    sizes = np.bincount(graph.component_of).astype(float) if len(graph) else np.zeros(0)
    reached = sizes[graph.component_of] if len(graph) else np.zeros(0)
    # networkit's generalised closeness is (reached - 1)^2 / ((n - 1) * sum of distances)
    variant = nk.centrality.ClosenessVariant.GENERALIZED
    values = (
        _scores(nk.centrality.Closeness(graph.networkit(), True, variant)) if len(graph) > 1 else np.zeros(len(graph))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = np.where(values > 0, (reached - 1) ** 2 / ((len(graph) - 1) * values), 0.0)
    return np.rint(sums), reached


def closeness_centrality(
    G: ArrayGraph,  # noqa: N803
    u: Hashable | None = None,
    distance: str | None = None,
    wf_improved: bool = True,
) -> Any:
    """Freeman 1978, with Wasserman and Faust's scaling by the share of nodes reached."""
    sums, reached = _distance_sums(G)
    values = np.divide(reached - 1, sums, out=np.zeros(len(G)), where=sums > 0)
    if wf_improved and len(G) > 1:
        values *= (reached - 1) / (len(G) - 1)
    return float(values[G.index[u]]) if u is not None else _named(G, values)


def bipartite_closeness_centrality(G: ArrayGraph, nodes: Iterable[Hashable], normalized: bool = True) -> Values:  # noqa: N803
    """Borgatti & Everett 1997: the least sum of distances that each side can have, over the sum that there is."""
    top = {G.index[node] for node in nodes}
    n, m = len(top), len(G) - len(top)
    sums, reached = _distance_sums(G)
    least = np.array([m + 2 * (n - 1) if i in top else n + 2 * (m - 1) for i in range(len(G))], dtype=float)
    values = np.divide(least, sums, out=np.zeros(len(G)), where=sums > 0)
    if normalized and len(G) > 1:
        values *= (reached - 1) / (len(G) - 1)
    return _named(G, values)


def harmonic_centrality(
    G: ArrayGraph,  # noqa: N803
    nbunch: Iterable[Hashable] | None = None,
    distance: str | None = None,
    sources: Iterable[Hashable] | None = None,
) -> Values:
    """Boldi & Vigna 2014: the sum of 1/distance over all other nodes, 0 for those that cannot be reached."""
    counts = at_distance(G)
    if counts is None:
        return _named(G, _scores(nk.centrality.HarmonicCloseness(G.networkit(), False)))
    return _named(G, sum((count / step for step, count in enumerate(counts, start=1)), np.zeros(len(G))))


def constraint(G: ArrayGraph, nodes: Iterable[Hashable] | None = None, weight: str | None = None) -> Values:  # noqa: N803
    """Burt 1992."""
    return _named(G, constraint_values(_weights(G, weight)), nodes)


def effective_size(G: ArrayGraph, nodes: Iterable[Hashable] | None = None, weight: str | None = None) -> Values:  # noqa: N803
    """Borgatti 1997, for unweighted ties: N - 2t/N."""
    return _named(G, effective_sizes(G), nodes)


def core_number(G: ArrayGraph) -> dict[Hashable, int]:  # noqa: N803
    """Batagelj & Zaversnik 2003."""
    if not len(G):
        return {}
    values = nk.centrality.CoreDecomposition(G.networkit()).run().scores()
    return {node: int(value) for node, value in zip(G.node_list, values, strict=True)}


def connected_components(G: ArrayGraph) -> Iterator[set[Hashable]]:  # noqa: N803
    labels = G.component_of
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    groups = np.split(order, cuts) if len(order) else []
    for group in sorted(groups, key=lambda each: each[0]):
        yield {G.node_list[i] for i in group}


def number_connected_components(G: ArrayGraph) -> int:  # noqa: N803
    return int(G.component_of.max()) + 1 if len(G) else 0


def triangles(G: ArrayGraph, nodes: Any = None) -> Any:  # noqa: N803
    degrees = G.degrees
    shares = _scores(nk.centrality.LocalClusteringCoefficient(G.networkit(), True)) if len(G) else np.zeros(0)
    counts = np.rint(shares * degrees * (degrees - 1) / 2).astype(int)
    if nodes is None:
        return dict(zip(G.node_list, counts.tolist(), strict=True))
    if nodes in G:
        return int(counts[G.index[nodes]])
    return {node: int(counts[G.index[node]]) for node in nodes}


def biadjacency_matrix(
    G: ArrayGraph,  # noqa: N803
    row_order: Iterable[Hashable],
    column_order: Iterable[Hashable] | None = None,
    dtype: Any = None,
    weight: str | None = "weight",
    format: str = "csr",
) -> Any:
    rows = [G.index[node] for node in row_order]
    if isinstance(G, TwoModeGraph) and column_order is None and rows == list(range(len(G.top))):
        return G.incidence.asformat(format)
    chosen = set(rows)
    columns = (
        [G.index[node] for node in column_order]
        if column_order is not None
        else [i for i in range(len(G)) if i not in chosen]
    )
    return _weights(G, weight)[rows][:, columns].astype(dtype or np.float64).asformat(format)


def _weights(graph: ArrayGraph, weight: str | None) -> sparse.csr_array:
    if weight is not None:
        return graph.matrix
    ones = graph.matrix.copy()
    ones.data = np.ones_like(ones.data)
    return ones


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(
            betweenness_centrality,
            bipartite_betweenness_centrality,
            closeness_centrality,
            bipartite_closeness_centrality,
            harmonic_centrality,
        ),
        *(constraint, effective_size, core_number, connected_components, number_connected_components, triangles),
        biadjacency_matrix,
    )
}


class Backend:
    """What networkx asks of a backend."""

    def __getattr__(self, name: str) -> Any:
        try:
            return _FUNCTIONS[name]
        except KeyError:
            raise AttributeError(name) from None

    @staticmethod
    def convert_from_nx(graph: nx.Graph[Any], edge_attrs: Any = None, **asked: Any) -> ArrayGraph:
        weight, default = next(iter((edge_attrs or {}).items()), (None, 1.0))
        keep = any(value for key, value in asked.items() if key.startswith("preserve_"))
        nodes = list(graph)
        matrix = (
            sparse.csr_array(_to_scipy(graph, nodes, dtype=float, weight=weight)) if nodes else sparse.csr_array((0, 0))
        )
        if weight is not None and default not in (1, 1.0, None):
            raise NotImplementedError(f"a default of {default!r} for {weight!r}")
        return ArrayGraph(nodes, matrix, origin=graph if keep else None)

    @staticmethod
    def convert_to_nx(result: Any, **_: Any) -> Any:
        return result.to_networkx() if isinstance(result, ArrayGraph) else result

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
        if name not in _FUNCTIONS:
            return "not implemented"
        given = inspect.signature(_FUNCTIONS[name]).bind(*args, **kwargs).arguments
        graph = given["G"]
        if graph.is_directed() or graph.is_multigraph():
            return "only undirected graphs without parallel edges"
        if isinstance(graph, nx.Graph) and nx.number_of_selfloops(graph):
            return "no loops"
        return _cannot(name, given) or True

    @staticmethod
    def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """A small networkx graph is sooner computed than converted."""
        graph = args[0] if args else kwargs["G"]
        return isinstance(graph, ArrayGraph) or len(graph) > 1000


def _cannot(name: str, given: dict[str, Any]) -> str | None:
    """Why this backend cannot run a function with these arguments, if it cannot."""
    if name == "betweenness_centrality" and (given.get("k") is not None or given.get("endpoints")):
        return "only exact, without endpoints"
    if name == "closeness_centrality" and given.get("distance") is not None:
        return "only unweighted distances"
    if name == "harmonic_centrality" and any(
        given.get(asked) is not None for asked in ("nbunch", "distance", "sources")
    ):
        return "only all nodes, by unweighted distances"
    if name == "effective_size" and given.get("weight") is not None:
        return "only unweighted ties"
    if name == "triangles" and given.get("nodes") is not None:
        return "only all nodes at once"
    if name == "biadjacency_matrix" and given.get("format", "csr") != "csr":
        return "only CSR"
    if name == "biadjacency_matrix":
        for order in (given.get("row_order"), given.get("column_order")):
            if order is not None and (
                not isinstance(order, list | tuple) or len(order) != len(set(order)) or not order
            ):
                return "only lists of different nodes"
    return None


nx.config.cache_converted_graphs = False
"""A kept conversion goes stale: networkx does not see `G[u][v]["weight"] = x`, and answers for the graph as it was."""

BACKEND = Backend()
