"""The nodes and relationships among the rows of a Cypher result, as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from service.charts.map import Edge, Map, Node, draw
from service.sandbox.values import kind_of

_MOST_DRAWN = 60


def graph_of(rows: Sequence[Sequence[Any]]) -> tuple[Map | None, int]:
    """The picture, None where the rows hold no node, and how many nodes it leaves out."""
    values = [part for row in rows for value in row for part in _parts(value)]
    nodes = {value.element_id: value for value in values if kind_of(value) == "Node" and value.get("id")}
    kept = dict(list(nodes.items())[:_MOST_DRAWN])
    says: dict[tuple[str, str], set[str]] = {}
    for value in values:
        if kind_of(value) == "Relationship":
            ends = (value.start_node.element_id, value.end_node.element_id)
            if ends[0] != ends[1] and all(end in kept for end in ends):
                says.setdefault((kept[ends[0]]["id"], kept[ends[1]]["id"]), set()).add(_words(value.type))
    edges = [Edge(one, other, 1.0, ", ".join(sorted(words))) for (one, other), words in sorted(says.items())]
    drawn = [Node(node["id"], node.get("name", node["id"]), node.get("kind", ""), None) for node in kept.values()]
    return draw(drawn, edges), len(nodes) - len(kept)


def _parts(value: Any) -> Iterator[Any]:
    """The nodes and relationships of a value, those in lists, maps and paths among them."""
    match kind_of(value):
        case "Node" | "Relationship":
            yield value
        case "Path":
            yield from (*value.nodes, *value.relationships)
        case "List":
            yield from _all(value)
        case "Map":
            yield from _all(value.values())


def _all(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        yield from _parts(value)


def _words(relation: str) -> str:
    return relation.lower().replace("_", " ")
