"""The map of a network: shapes by kind, sizes by a score, and the labels that have room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from service.charts.layout import positions

_LEAST, _MOST = 6.0, 22.0
_MARGIN = 44.0
_SIDE = 120.0
"""Room for labels beside the outermost nodes."""

_LETTER, _LINE = 6.4, 13.0
_LONGEST = 34
_ALWAYS = 3
"""The largest of all, which always bear their names."""

_SCREEN = 1200.0
_LANDMARKS = 15
"""The largest of a map wider than a screen: their names are written so large that they can be read on all of it."""


_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    name: str
    kind: str
    value: float | None
    """What its size shows; None is drawn smallest."""


@dataclass(frozen=True, slots=True)
class Edge:
    one: str
    other: str
    weight: float
    says: str
    """In words, for whoever points at it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A node as it is drawn."""

    node: Node
    x: float
    y: float
    radius: float
    path: str
    label: str
    label_x: float
    label_y: float
    anchor: str
    labelled: bool
    """Whether its label has room; the others show when one points at them."""

    scale: float = 1.0
    """How much larger than usual its label is written."""


@dataclass(frozen=True, slots=True)
class Line:
    edge: Edge
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Map:
    width: float
    height: float
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


def draw(nodes: Sequence[Node], edges: Sequence[Edge]) -> Map | None:
    """The map of some nodes and the edges between them; None where there is no node."""
    if not nodes:
        return None
    radius = _radii(nodes)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(node.id for node in nodes))
    graph.add_edges_from(sorted((edge.one, edge.other) for edge in edges))
    places = {key: (x + _SIDE, y + _MARGIN) for key, (x, y) in positions(graph, radius).items()}
    width = max(x for x, _ in places.values()) + _SIDE
    height = max(y for _, y in places.values()) + _MARGIN
    most = max((edge.weight for edge in edges), default=1.0)
    lines = tuple(
        Line(edge, *places[edge.one], *places[edge.other], 1 + 3 * edge.weight / most if most > 1 else 1.2)
        for edge in edges
    )
    return Map(width, height, tuple(_labelled(nodes, places, radius, width, height)), lines)


def _radii(nodes: Iterable[Node]) -> dict[str, float]:
    """Areas in proportion to the values."""
    values = {node.id: node.value or 0.0 for node in nodes}
    most = max(values.values(), default=0.0)
    return {
        key: _LEAST + (_MOST - _LEAST) * math.sqrt(max(value, 0.0) / most) if most else 9.0
        for key, value in values.items()
    }


def shape(kind: str, r: float) -> str:
    """The outline of a kind around (0, 0): kinds are told apart without colour too."""
    match kind:
        case "Agency":
            return _polygon(4, r * 1.15, 45)
        case "Partnership":
            return _polygon(4, r * 1.25, 0)
        case "Group":
            return _polygon(6, r * 1.1, 0)
        case "Programme":
            return _polygon(3, r * 1.35, -90)
        case "SharedService":
            return _polygon(5, r * 1.2, -90)
        case "Place":
            return _polygon(3, r * 1.35, 90)
        case "Event":
            return _polygon(8, r * 1.1, 22.5)
        case _:
            return f"M{-r:.1f},0A{r:.1f},{r:.1f} 0 1 0 {r:.1f},0A{r:.1f},{r:.1f} 0 1 0 {-r:.1f},0Z"


def _polygon(corners: int, r: float, turn: float) -> str:
    angles = [math.radians(turn + 360 * i / corners) for i in range(corners)]
    return "M" + "L".join(f"{r * math.cos(angle):.1f},{r * math.sin(angle):.1f}" for angle in angles) + "Z"


def _labelled(
    nodes: Sequence[Node],
    places: Mapping[str, tuple[float, float]],
    radius: Mapping[str, float],
    width: float,
    height: float,
) -> Iterable[Dot]:
    """Labels by rank of size, each at the first side where it covers no other label and no node."""

    def within(box: _Box) -> bool:
        return box[0] >= 2 and box[2] <= width - 2 and box[1] >= 2 and box[3] <= height - 2

    boxes, names = _Boxes(), _Boxes()
    for node in nodes:
        x, y = places[node.id]
        r = radius[node.id]
        boxes.add((x - r, y - r, x + r, y + r))
    dots = []
    for rank, node in enumerate(sorted(nodes, key=lambda node: (-radius[node.id], node.id))):
        x, y = places[node.id]
        r = radius[node.id]
        scale = max(1.0, width / _SCREEN) if rank < _LANDMARKS else 1.0
        label = node.name if len(node.name) <= _LONGEST else node.name[: _LONGEST - 1].rstrip() + "…"
        long = len(label) * _LETTER * scale
        high = _LINE * scale
        across = r * 0.75
        sides = (
            (r + 4, 4.0 * scale, "start", (x + r + 3, y - 8 * scale, x + r + 5 + long, y + 6 * scale)),
            (-r - 4, 4.0 * scale, "end", (x - r - 5 - long, y - 8 * scale, x - r - 3, y + 6 * scale)),
            (0.0, r + high, "middle", (x - long / 2, y + r + 2, x + long / 2, y + r + high + 4)),
            (0.0, -r - 5, "middle", (x - long / 2, y - r - high - 4, x + long / 2, y - r - 2)),
            *(
                (
                    dx,
                    dy,
                    "start" if dx > 0 else "end",
                    (min(x + dx, x + dx + side), y + dy - 12 * scale, max(x + dx, x + dx + side), y + dy + 4),
                )
                for dx, side in ((across + 4, long), (-across - 4, -long))
                for dy in (-across - 3, across + 11 * scale)
            ),
        )
        landmark = rank < _ALWAYS or scale > 1
        if landmark:  # its name matters more than the small ones around it
            sides = (*sides, min(sides, key=lambda s: (not within(s[3]), names.covered(s[3]), boxes.covered(s[3]))))
        for i, (dx, dy, anchor, box) in enumerate(sides):
            forced = landmark and i == len(sides) - 1 and (rank < _ALWAYS or names.free(box))
            if forced or (within(box) and boxes.free(box)):
                boxes.add(box)
                names.add(box)
                dots.append(Dot(node, x, y, r, shape(node.kind, r), label, dx, dy, anchor, True, scale))
                break
        else:
            anchor = "end" if x > width / 2 else "start"
            dx = -r - 4 if anchor == "end" else r + 4
            dots.append(Dot(node, x, y, r, shape(node.kind, r), label, dx, 4.0, anchor, False))
    return sorted(dots, key=lambda dot: (dot.labelled, dot.scale, dot.node.name, dot.node.id))


class _Boxes:
    """Boxes on a grid of cells, so that asking for overlap looks at few of them."""

    _CELL = 80.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Box]] = {}

    def add(self, box: _Box) -> None:
        for cell in self._of(box):
            self._cells.setdefault(cell, []).append(box)

    def covered(self, box: _Box) -> int:
        """How many boxes one would lie on."""
        x0, y0, x1, y1 = box
        near = {b for cell in self._of(box) for b in self._cells.get(cell, ())}
        return sum(x0 < b[2] and b[0] < x1 and y0 < b[3] and b[1] < y1 for b in near)

    def free(self, box: _Box) -> bool:
        return not self.covered(box)

    def _of(self, box: _Box) -> Iterable[tuple[int, int]]:
        x0, y0, x1, y1 = (int(side // self._CELL) for side in box)
        return ((x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1))
