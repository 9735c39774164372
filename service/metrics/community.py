"""Cores and communities of the projection."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

import networkit as nk
import networkx as nx

from service.metrics.arrays.graph import ArrayGraph
from service.metrics.metric import NEWMAN, metric
from service.metrics.two_mode import Graph, Node, Values


@metric(
    "organisation",
    100,
    "How deep in the core of the network it is.",
    definition="k-core number",
    citation="Seidman 1983",
    undefined="there is no such body",
    projection="one-mode",
)
def core(projection: Graph) -> Values:
    """The largest k for which a body is in the k-core: all its members have k partners in it (Seidman 1983).

    0 for an isolate; an empty graph gives an empty dict.
    """
    return {node: float(value) for node, value in nx.core_number(projection).items()}


@dataclass(frozen=True, slots=True)
class Communities:
    of: dict[Node, int]
    """The community of each body, the largest numbered 0, ties by the first name in it."""

    modularity: float | None


@metric(
    "network",
    50,
    "How clearly the network falls into communities.",
    name="modularity",
    definition="modularity of the communities that Louvain with refinement finds, fixed seed",
    citation="Newman 2006; Blondel et al. 2008; Staudt & Meyerhenke 2016",
    undefined="there is no tie",
    projection="one-mode",
    weight=NEWMAN,
    read=attrgetter("modularity"),
)
def communities(projection: ArrayGraph, resolution: float = 1.0) -> Communities:
    """Louvain with refinement on w (Blondel et al. 2008; PLM of Staudt & Meyerhenke 2016), one thread and a fixed seed;
    modularity beside it (Newman 2006). None where there is no tie; an empty graph gives no community.
    """
    if not len(projection):
        return Communities({}, None)
    nk.setSeed(1, False)
    graph = projection.networkit(weighted=True)
    found = nk.community.PLM(graph, refine=True, gamma=resolution, par="none").run().getPartition()
    members: dict[int, list[Node]] = {}
    for node, label in zip(projection.node_list, found.getVector(), strict=True):
        members.setdefault(label, []).append(node)
    ordered = sorted(members.values(), key=lambda group: (-len(group), min(map(str, group))))
    of = {node: number for number, group in enumerate(ordered) for node in group}
    modularity = nk.community.Modularity().getQuality(found, graph) if projection.number_of_edges() else None
    return Communities(of, None if modularity is None else float(modularity))
