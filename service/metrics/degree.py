"""How much a body takes part in, and how many it meets there."""

from __future__ import annotations

import numpy as np

from service.metrics.metric import metric
from service.metrics.two_mode import Graph, Values, degree_of, incidence, named, organisations, sizes, things


@metric(
    "organisation",
    10,
    "How many things it takes part in.",
    definition="r_i",
    citation="Borgatti & Everett 1997",
    undefined="there is no such body",
    projection="two-mode",
)
def breadth(graph: Graph) -> Values:
    """r_i: the things of organisation i. 0 for an isolate; an empty graph gives an empty dict."""
    return named(organisations(graph), sizes(graph)[0])


@metric(
    "organisation",
    20,
    "Which share of all things it takes part in.",
    definition="r_i / m",
    citation="Borgatti & Everett 1997",
    undefined="there is nothing to take part in",
    projection="two-mode",
)
def breadth_share(graph: Graph) -> Values:
    """r_i / m: the share of all things that organisation i is in. None where there is no thing."""
    m = len(things(graph))
    taken = sizes(graph)[0]
    return named(organisations(graph), taken / m if m else np.full_like(taken, np.nan))


@metric(
    "organisation",
    30,
    "Which share of the other bodies it meets somewhere.",
    definition="organisations within two steps / (n - 1)",
    citation="Borgatti & Everett 1997",
    undefined="there is no other body",
    projection="two-mode",
)
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


@metric(
    "network",
    10,
    "Which share of all possible ties there is.",
    definition="L / (n m)",
    citation="Borgatti & Everett 1997",
    undefined="there are no bodies or no things",
    projection="two-mode",
)
def density(graph: Graph) -> float | None:
    """Two-mode density L / (n m): ties there are, of those there could be (Borgatti & Everett 1997).

    None where either side is empty.
    """
    n, m = len(organisations(graph)), len(things(graph))
    return float(incidence(graph).nnz / (n * m)) if n and m else None


@metric(
    "network",
    20,
    "How far the network hangs on one body.",
    definition="sum(max - d_i) / ((n - 1)(n - 2))",
    citation="Freeman 1978",
    undefined="there are fewer than three bodies",
    projection="one-mode",
)
def centralization(projection: Graph) -> float | None:
    """sum(max - d_i) / ((n - 1)(n - 2)) on the degrees of the projection (Freeman 1978).

    1 for a star, 0 where all have the same degree; None for fewer than three organisations.
    """
    degrees = degree_of(projection)
    n = len(degrees)
    return float((degrees.max() - degrees).sum() / ((n - 1) * (n - 2))) if n > 2 else None


@metric(
    "network",
    30,
    "How often two who share one thing share another.",
    definition="4 C4 / L3",
    citation="Robins & Alexander 2004",
    undefined="no chain of three ties",
    projection="two-mode",
)
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
