"""A flow chart of money: givers on the left, what they give to on the right, a band as wide as the sum.

After Sankey (1898): widths are to scale within one currency. A sum that is not known, or too small to be seen, has a
band of the least width and says so in its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH = 960
_LEFT, _RIGHT, _BAR = 330, 630, 12
_HEIGHT = 320.0
_OF_ONE = 80.0
"""Of all bands together, where nothing is too small."""

_LEAST = 5.0
_GAP = 22.0
_LINE = 14.0


@dataclass(frozen=True, slots=True)
class Band:
    """One sum: `givers` stand together where they give together. `amount` is None where no source gives it."""

    givers: tuple[str, ...]
    thing: str
    amount: float | None
    label: str
    """The sum as a person writes it."""

    status: str
    href: str


@dataclass(slots=True)
class _Node:
    names: tuple[str, ...]
    bands: list[int] = field(default_factory=list)
    y: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart ready for its template: nodes as (names, x, y, height, side), bands as (path, band, width, and the
    place of its label at the right end, whose height is None where a larger one has taken the room)."""

    height: float
    nodes: tuple[tuple[tuple[str, ...], float, float, float, str], ...]
    bands: tuple[tuple[str, Band, float, float, float | None], ...]


def draw(bands: Sequence[Band]) -> Drawn | None:
    """The chart of some bands of one currency; None where there are none."""
    if not bands:
        return None
    known = sum(band.amount or 0.0 for band in bands)
    height = min(_HEIGHT, _OF_ONE * len(bands))
    widths = [max(_LEAST, (band.amount or 0.0) / known * height if known else 0.0) for band in bands]
    left = _nodes((band.givers for band in bands), widths)
    right = _nodes(((band.thing,) for band in bands), widths)
    whole = max(_place(left, widths), _place(right, widths))
    starts, ends = _ports(left, widths), _ports(right, widths)
    labels = _labels(bands, [ends[i] + widths[i] / 2 for i in range(len(bands))])
    drawn = []
    for i, band in enumerate(bands):
        y0, y1, middle = starts[i] + widths[i] / 2, ends[i] + widths[i] / 2, (_LEFT + _RIGHT) / 2
        path = f"M{_LEFT + _BAR},{y0:.1f} C{middle},{y0:.1f} {middle},{y1:.1f} {_RIGHT},{y1:.1f}"
        drawn.append((path, band, widths[i], _RIGHT - 8.0, labels.get(i)))
    nodes = [(node.names, float(_LEFT), node.y, node.height, "giver") for node in left]
    nodes += [(node.names, float(_RIGHT), node.y, node.height, "thing") for node in right]
    return Drawn(whole, tuple(nodes), tuple(drawn))


def _labels(bands: Sequence[Band], ends: Sequence[float]) -> dict[int, float]:
    """The heights of the labels that have room, the largest sums first."""
    kept: dict[int, float] = {}
    for i in sorted(range(len(bands)), key=lambda i: (-(bands[i].amount or 0.0), i)):
        if all(abs(ends[i] - other) >= _LINE for other in kept.values()):
            kept[i] = ends[i]
    return kept


def _nodes(names: Iterable[tuple[str, ...]], widths: Sequence[float]) -> list[_Node]:
    nodes: dict[tuple[str, ...], _Node] = {}
    for i, each in enumerate(names):
        nodes.setdefault(each, _Node(each)).bands.append(i)
    for node in nodes.values():
        node.height = sum(widths[i] for i in node.bands)
    return list(nodes.values())


def _place(nodes: Sequence[_Node], widths: Sequence[float]) -> float:
    """Give each node its place from the top down, with room for its lines of text."""
    y = 12.0
    for node in nodes:
        room = max(node.height, 17.0 * len(node.names))
        node.y = y + (room - node.height) / 2
        y += room + _GAP
    return y


def _ports(nodes: Sequence[_Node], widths: Sequence[float]) -> dict[int, float]:
    ports = {}
    for node in nodes:
        y = node.y
        for i in node.bands:
            ports[i] = y
            y += widths[i]
    return ports
