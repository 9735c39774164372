"""The map: the same every time, nothing on top of anything else, and a picture that needs no script."""

from __future__ import annotations

import json
import re
from itertools import combinations

import httpx
import networkx as nx
import numpy as np
import pytest

from service.charts.layout import forces, positions
from service.charts.map import Edge, Node, draw

KINDS = ("Authority", "Agency", "Partnership", "Group", "Programme", "SharedService", "Place", "Event")


def made(graph: nx.Graph[int]) -> tuple[list[Node], list[Edge]]:
    nodes = [Node(f"n{i}", f"Body number {i}", KINDS[i % 8], float(graph.degree(i))) for i in graph]
    return nodes, [Edge(f"n{a}", f"n{b}", 1.0, "shares") for a, b in graph.edges]


def test_nothing_and_one_alone() -> None:
    assert draw([], []) is None
    alone = draw([Node("a", "A", "Agency", None)], [])
    assert alone is not None
    assert (len(alone.dots), alone.lines) == (1, ())
    assert positions(nx.Graph(), {}) == {}


@pytest.mark.parametrize("size", [2, 15, 120])
def test_nodes_stand_apart_and_labels_cover_nothing(size: int) -> None:
    drawn = draw(*made(nx.barabasi_albert_graph(size, 1, seed=3)))
    assert drawn is not None
    for one, other in combinations(drawn.dots, 2):
        distance = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert distance > (one.radius + other.radius) * 0.9
    assert all(0 < dot.x < drawn.width and 0 < dot.y < drawn.height for dot in drawn.dots)
    boxes = []
    for dot in drawn.dots:
        if dot.labelled:
            long = len(dot.label) * 6
            x = dot.x + dot.label_x - {"start": 0, "middle": long / 2, "end": long}[dot.anchor]
            boxes.append((x, dot.y + dot.label_y - 10, x + long, dot.y + dot.label_y + 2))
    assert len(boxes) > size * 0.5
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], "two labels on one another"


def test_it_is_the_same_every_time_and_in_any_order() -> None:
    graph = nx.disjoint_union_all([nx.path_graph(9), nx.star_graph(20), nx.complete_graph(2)])
    nodes, edges = made(graph)
    assert draw(nodes, edges) == draw(nodes, edges)
    again = draw(nodes[::-1], edges[::-1])
    first = draw(nodes, edges)
    assert again is not None
    assert first is not None
    assert again.dots == first.dots


def test_small_parts_stand_beside_and_not_at_the_horizon() -> None:
    graph = nx.disjoint_union_all([nx.barabasi_albert_graph(60, 2, seed=1), *[nx.path_graph(2)] * 12])
    drawn = draw(*made(graph))
    assert drawn is not None
    assert drawn.width < 1600
    assert drawn.height < 1600


async def get(client: httpx.AsyncClient, path: str) -> dict[str, object]:
    response = await client.get(path)
    assert response.status_code == 200, response.text
    return json.loads(response.text)  # type: ignore[no-any-return]


async def test_two_networks(client: httpx.AsyncClient) -> None:
    both = await get(client, "/map.json")
    kinds = {row["entity"]["kind"] for row in both["results"]}  # type: ignore[attr-defined]
    assert {"Authority", "Programme", "SharedService", "Place"} <= kinds
    bodies = await get(client, "/map.json?network=organisations")
    kinds = {row["entity"]["kind"] for row in bodies["results"]}  # type: ignore[attr-defined]
    assert kinds <= {"Authority", "Agency", "Partnership", "Group"}
    pair = {"hampshire-county-council", "winchester-city-council"}
    [edge] = [edge for edge in bodies["edges"] if {edge["one"], edge["other"]} == pair]  # type: ignore[attr-defined]
    assert "Hampshire Cultural Trust" in edge["says"]


async def test_filters_narrow_the_map(client: httpx.AsyncClient) -> None:
    every = await get(client, "/map.json")
    some = await get(client, "/map.json?show=Authority&show=Programme&size=brokerage")
    assert {row["entity"]["kind"] for row in some["results"]} == {"Authority", "Programme"}  # type: ignore[attr-defined]
    assert 0 < some["total"] < every["total"]  # type: ignore[operator]
    assert (await get(client, "/map.json?as_of=1990-01-01"))["total"] == 0
    empty = await client.get("/map.html?as_of=1990-01-01")
    assert "Nothing is tied to anything" in empty.text
    assert (await client.get("/map?size=beauty")).status_code == 422


async def test_the_page_needs_no_script(client: httpx.AsyncClient) -> None:
    page = (await client.get("/map.html")).text
    assert len(re.findall(r'class="dot', page)) == (await get(client, "/map.json"))["total"]
    assert 'href="/entities/winchester-city-council.html"' in page
    assert "style=" not in page
    assert re.findall(r"<script[^>]*>", page) == [
        '<script src="/static/map.js" defer>',
        '<script src="/static/suggest.js" defer>',
    ]


def test_forces_are_those_of_networkx() -> None:
    graph = nx.convert_node_labels_to_integers(nx.karate_club_graph())
    edges = np.array(sorted(sorted(edge) for edge in graph.edges))
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(range(34))
    ordered.add_edges_from([(int(a), int(b)) for a, b in edges])
    theirs = nx.spring_layout(ordered, seed=1, iterations=50, weight=None, k=1.6 / 34**0.5, method="force", scale=None)
    ours = forces(34, edges, 50)
    assert np.abs(ours - np.array([theirs[i] for i in range(34)])).max() < 1e-6
