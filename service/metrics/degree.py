"""How much a body takes part in, and how many it meets there."""

from __future__ import annotations

import numpy as np

from service.metrics.two_mode import Graph, Values, degree_of, incidence, named, organisations, sizes, things


def breadth(graph: Graph) -> Values:
    """r_i: the things of organisation i. 0 for an isolate; an empty graph gives an empty dict."""
    return named(organisations(graph), sizes(graph)[0])


def breadth_share(graph: Graph) -> Values:
    """r_i / m: the share of all things that organisation i is in. None where there is no thing."""
    m = len(things(graph))
    taken = sizes(graph)[0]
    return named(organisations(graph), taken / m if m else np.full_like(taken, np.nan))


def reach(graph: Graph) -> Values:
    """Organisations within two steps, of the n - 1 others: those that share at least one thing.

    None for the only organisation of a network; 0 for an isolate.
    """
    ties, nodes = incidence(graph), organisations(graph)
    if len(nodes) < 2:
        return dict.fromkeys(nodes)
    met = (ties @ ties.T).tocsr()
    others = np.diff(met.indptr) - (np.asarray(met.diagonal()) > 0)
    return named(nodes, others / (len(nodes) - 1))


def density(graph: Graph) -> float | None:
    """Two-mode density L / (n m): ties there are, of those there could be (Borgatti & Everett 1997).

    None where either side is empty.
    """
    n, m = len(organisations(graph)), len(things(graph))
    return float(incidence(graph).nnz / (n * m)) if n and m else None


def centralization(projection: Graph) -> float | None:
    """sum(max - d_i) / ((n - 1)(n - 2)) on the degrees of the projection (Freeman 1978).

    1 for a star, 0 where all have the same degree; None for fewer than three organisations.
    """
    degrees = degree_of(projection)
    n = len(degrees)
    return float((degrees.max() - degrees).sum() / ((n - 1) * (n - 2))) if n > 2 else None


def clustering(graph: Graph) -> float | None:
    """4 C4 / L3: the share of paths of three ties that close to a cycle of four (Robins & Alexander 2004).

    None where there is no path of three ties.
    """
    ties = incidence(graph)
    own, of = sizes(graph)
    ends = ties.tocoo()
    paths = float(((own[ends.row] - 1) * (of[ends.col] - 1)).sum())
    if not paths:
        return None
    shared = (ties @ ties.T).tocoo()
    common = shared.data[shared.row < shared.col]
    return float(4 * (common * (common - 1) / 2).sum() / paths)
