"""The map: who is tied to what, or who to whom, as a picture."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from service.charts.map import Edge, Node, draw, shape
from service.errors import BadParameter
from service.graph.cypher_files import text
from service.metrics.degree import breadth
from service.metrics.registry import METRICS, ORGANISATION_METRICS
from service.metrics.two_mode import Values
from service.model.vocabulary import ORGANISATIONS, Kind, Tying
from service.network.compute import Network, Scoring
from service.network.ties import DEFAULT_RELATIONS
from service.sources.entries import nearest
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.routes.scores import ScopeParams
from service.web.schemas import PageModel, documented

router = APIRouter(tags=["map"])

THINGS = (Kind.PARTNERSHIP, Kind.PROGRAMME, Kind.SHARED_SERVICE, Kind.PLACE, Kind.EVENT)
_MOST = 1000


class MapParams(ScopeParams):
    network: Annotated[
        Literal["two-mode", "organisations"],
        Field(description="Bodies and what they are tied to, or bodies that share something."),
    ] = "two-mode"
    size: Annotated[str, Field(description="The score that a body's size shows.")] = "breadth"
    show: Annotated[list[Kind], Field(default_factory=list, description="Kinds that are drawn; may repeat.")]


@router.get("/map", responses=documented(PageModel), summary="The network as nodes and edges with places")
async def network_map(params: Annotated[MapParams, Query()], reply: Replying) -> Response:
    """Bodies without a tie under the scope are counted, not drawn; of more than a thousand, the most tied are."""
    if params.size not in ORGANISATION_METRICS:
        words = nearest(params.size, ORGANISATION_METRICS)
        raise BadParameter(f"size: {params.size!r} is no score of a body{words}")

    async def make() -> Content:
        network = await reply.services.scoring.network(params.scope(), reply.revision)
        ids = sorted({tie.thing for ties in network.ties.values() for tie in ties})
        table = await reply.services.store.read_at_once(
            text("service/named"), ("id", "name", "kind"), {"ids": ids}, limit=len(ids), timeout=30
        )
        things = {id_: (name, kind) for id_, name, kind in table.rows}
        values = await _sizes(reply.services.scoring, network, params.size)
        nodes, edges, left_out = await asyncio.to_thread(_network, network, values, things, params)
        drawn = await asyncio.to_thread(draw, nodes, edges)
        rows = [] if drawn is None else [_row(dot) for dot in drawn.dots]
        lines = [{"one": e.one, "other": e.other, "weight": e.weight, "says": e.says} for e in edges]
        data: dict[str, Any] = {
            "network": params.network,
            "size": {"metric": params.size, "says": METRICS[params.size].says},
            "scope": network.scope.as_json(),
            "results": rows,
            "edges": lines,
            "total": len(rows),
            "limit": _MOST,
            "offset": 0,
            "next": None,
            "left_out": left_out,
            "without_a_tie": network.without_a_tie,
            "revision": network.revision,
        }
        kinds = sorted({node.kind for node in nodes})
        page = {
            "map": drawn,
            "legend": [(kind, shape(kind, 7)) for kind in kinds],
            "params": params,
            "metrics": [(name, METRICS[name].says) for name in ORGANISATION_METRICS],
            "relations": [relation.value for relation in Tying],
            "chosen_relations": params.relation or DEFAULT_RELATIONS,
            "kinds": [kind.value for kind in Kind if kind in ORGANISATIONS or kind in THINGS],
        }
        return Content(data, rows, network.revision, "map.html", page=page)

    return await reply(make)


async def _sizes(scoring: Scoring, network: Network, metric: str) -> Values:
    """The score that sizes show: breadth is counted on the network, the others wait for all scores."""
    if metric == "breadth":
        return breadth(network.graph)
    return (await scoring.scored(network.scope, network.revision)).scorecard.organisations[metric]


def _network(
    network: Network, values: Values, things: Mapping[str, tuple[str, str]], params: MapParams
) -> tuple[list[Node], list[Edge], int]:
    """The nodes and edges to be drawn, and how many nodes there were no room for."""
    tied: dict[str, set[str]] = defaultdict(set)
    for body, ties in network.ties.items():
        for tie in ties:
            if tie.thing != body:
                tied[body].add(tie.thing)
    nodes = {
        body: Node(body, network.bodies[body].name, network.bodies[body].kind, values.get(body))
        for body in tied
        if not params.show or network.bodies[body].kind in params.show
    }
    if params.network == "organisations":
        weights = _shared(tied, nodes.keys())
        names = {thing: things[thing][0] for thing in things}
        edges = [
            Edge(one, other, float(len(shared)), ", ".join(sorted(names[thing] for thing in shared)))
            for (one, other), shared in sorted(weights.items())
        ]
        ends = {end for edge in edges for end in (edge.one, edge.other)}
        nodes = {key: node for key, node in nodes.items() if key in ends}
    else:
        for thing in sorted({thing for body in nodes for thing in tied[body]}):
            name, kind = things[thing]
            if thing not in nodes and (not params.show or kind in params.show):
                nodes[thing] = Node(thing, name, kind, None)
        edges = [
            Edge(
                body,
                thing,
                1.0,
                " and ".join(sorted({t.relation.lower().replace("_", " ") for t in ties if t.thing == thing})),
            )
            for body, ties in sorted(network.ties.items())
            if body in nodes
            for thing in sorted(tied[body])
            if thing in nodes
        ]
        ends = {end for edge in edges for end in (edge.one, edge.other)}
        nodes = {key: node for key, node in nodes.items() if key in ends}
    return _most_tied(nodes, edges)


def _shared(tied: Mapping[str, set[str]], bodies: Any) -> dict[tuple[str, str], set[str]]:
    """What each pair of bodies shares, a thing of more than a hundred bodies left aside."""
    of: dict[str, list[str]] = defaultdict(list)
    for body in sorted(bodies):
        for thing in tied[body]:
            of[thing].append(body)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for thing, members in of.items():
        if len(members) <= 100:
            for pair in combinations(members, 2):
                found[pair].add(thing)
    return found


def _most_tied(nodes: Mapping[str, Node], edges: list[Edge]) -> tuple[list[Node], list[Edge], int]:
    degree: dict[str, int] = defaultdict(int)
    for edge in edges:
        degree[edge.one] += 1
        degree[edge.other] += 1
    kept = set(sorted(nodes, key=lambda key: (-degree[key], key))[:_MOST])
    shown = [edge for edge in edges if edge.one in kept and edge.other in kept]
    return [nodes[key] for key in sorted(kept)], shown, len(nodes) - len(kept)


def _row(dot: Any) -> dict[str, Any]:
    node = {"id": dot.node.id, "name": dot.node.name, "kind": dot.node.kind}
    return {"entity": node, "value": dot.node.value, "x": round(dot.x, 1), "y": round(dot.y, 1)}
