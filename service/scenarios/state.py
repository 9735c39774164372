"""The copy that steps work on: edges that remember what became of them, and at which step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.errors import BadScenario
from service.model.vocabulary import ORGANISATIONS, TYING, Kind


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as a scenario sees it."""

    id: str
    name: str
    kind: str
    complete: bool = False
    """Of a group: whether its known members are all."""

    @property
    def is_organisation(self) -> bool:
        return self.kind in ORGANISATIONS


@dataclass(frozen=True, slots=True)
class Edge:
    """One fact, and where it leads now."""

    fact: str
    subject: str
    relation: str
    object: str
    role: str | None
    basis: str
    modality: str
    amount: float | None
    currency: str | None
    joint: str | None
    source: str
    recorded: str
    step: int | None = None
    """The step that changed it last; None while it is as the sources have it."""

    gone: bool = False


@dataclass(slots=True)
class Copy:
    """The part of the network that a scenario can change."""

    things: dict[str, Thing]
    before: Mapping[str, Edge]
    edges: dict[str, Edge]
    became: dict[str, tuple[str, int]]
    """Bodies that are no more: what they became (themselves, where nobody takes over), and at which step."""

    moved: dict[tuple[str, str], list[str]]
    """(function, body that had it first) -> bodies that have had it since, in order."""

    def now(self) -> Iterator[Edge]:
        return (edge for edge in self.edges.values() if not edge.gone)

    def change(self, step: int, chosen: Callable[[Edge], bool], **changes: Any) -> int:
        """Change the edges that are chosen; how many they are."""
        count = 0
        for fact, edge in list(self.edges.items()):
            if not edge.gone and chosen(edge):
                self.edges[fact] = replace(edge, step=step, **changes)
                count += 1
        return count

    def alive(self, thing: Thing, step: int) -> Thing:
        """Raises BadScenario where an earlier step made an end of it."""
        if thing.id in self.became:
            into, when = self.became[thing.id]
            fate = f"became {self.things[into].name}" if into != thing.id else "came to its end"
            raise BadScenario(f"{thing.name} {fate} in step {when}", step)
        return thing


def merge(copy: Copy, step: int, bodies: list[Thing], into: Thing) -> None:
    """Bodies become one: what leads to or from them leads to or from it; ties among them are gone."""
    ids = {body.id for body in bodies}
    if len(ids) < len(bodies):
        twice = next(body for i, body in enumerate(bodies) if body.id in {other.id for other in bodies[:i]})
        raise BadScenario(f"{twice.name} would be merged with itself: it stands twice", step)
    if ids <= {into.id}:
        raise BadScenario(f"{into.name} would be merged with itself", step)
    for body in [*bodies, into]:
        _is_organisation(body, step, "merge")
    every = ids | {into.id}
    copy.change(step, lambda edge: edge.subject in every and edge.object in every, gone=True)
    copy.change(step, lambda edge: edge.subject in every and edge.subject != into.id, subject=into.id)
    copy.change(step, lambda edge: edge.object in every and edge.object != into.id, object=into.id)
    copy.became.update(dict.fromkeys(ids - {into.id}, (into.id, step)))


def dissolve(copy: Copy, step: int, body: Thing) -> None:
    _is_organisation(body, step, "dissolve")
    copy.change(step, lambda edge: body.id in (edge.subject, edge.object), gone=True)
    copy.became[body.id] = (body.id, step)


def end(copy: Copy, step: int, thing: Thing) -> None:
    if thing.is_organisation and thing.kind != Kind.PARTNERSHIP:
        raise BadScenario(
            f"{thing.name} is a body ({thing.kind}): dissolve it; what ends is a programme or service", step
        )
    copy.change(step, lambda edge: thing.id in (edge.subject, edge.object), gone=True)
    copy.became[thing.id] = (thing.id, step)


def withdraw(copy: Copy, step: int, body: Thing, leaves: Callable[[Thing], bool], what: str) -> None:
    """A body leaves the things that `leaves` chooses; `what` says them for people."""
    _is_organisation(body, step, "withdraw")
    count = copy.change(
        step,
        lambda edge: edge.subject == body.id and edge.relation in TYING and leaves(copy.things[edge.object]),
        gone=True,
    )
    if not count:
        raise BadScenario(f"no source ties {body.name} to {what}: there is nothing to withdraw from", step)


def move(copy: Copy, step: int, function: Thing, source: Thing, target: Thing) -> None:
    """What one body has to do with a function passes to another."""
    _is_organisation(source, step, "move from")
    _is_organisation(target, step, "move to")
    if source.id == target.id:
        raise BadScenario(f"{function.name} would move from {source.name} to itself", step)
    trail = next(
        (key for key, path in copy.moved.items() if key[0] == function.id and path[-1] == source.id),
        (function.id, source.id),
    )
    path = copy.moved.setdefault(trail, [source.id])
    if target.id in path:
        way = " to ".join(copy.things[each].name for each in [*path, target.id])
        raise BadScenario(f"a cycle of moves: {function.name} would go from {way}", step)
    path.append(target.id)
    count = copy.change(
        step,
        lambda edge: edge.subject == source.id and edge.object == function.id and edge.relation in TYING,
        subject=target.id,
    )
    if not count:
        raise BadScenario(f"no source ties {source.name} to {function.name}: there is nothing to move", step)


def _is_organisation(body: Thing, step: int, verb: str) -> None:
    if not body.is_organisation:
        raise BadScenario(f"{body.name} is a {body.kind}: only an organisation can be in a {verb}", step)
