"""Gifts and figures from the graph, under the filters of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.answers.filters import EVERY_MODALITY, Filters
from service.graph.cypher_files import text
from service.graph.store import Store
from service.metrics.funding import Gift, Status

_MOST_ROWS = 1_000_000
_MONEY = (
    *("fact", "funder", "thing", "amount", "currency", "joint", "modality", "basis", "role", "note", "source"),
    *("recorded", "programme"),
)

Entity = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Flow:
    """A gift with the names at its ends."""

    gift: Gift
    funder: Entity
    thing: Entity
    modality: str
    basis: str
    note: str | None
    programme: str | None
    """The id of the programme within which it is given, where that is not the thing itself."""

    def concerns(self, thing: str) -> bool:
        """Whether it is given to a thing, or within it."""
        return thing in {self.gift.thing, self.programme}


@dataclass(frozen=True, slots=True)
class Support:
    """A sponsor or supporter: no source says that it gives money."""

    body: Entity
    thing: Entity
    role: str
    fact: str
    modality: str


@dataclass(frozen=True, slots=True)
class Joint:
    """A sum given together: by whom, to what, in which facts."""

    mark: str
    funders: tuple[Entity, ...]
    things: tuple[Entity, ...]
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Money:
    flows: tuple[Flow, ...]
    supports: tuple[Support, ...]
    joints: Mapping[str, Joint]
    revision: str

    def to(self, thing: str) -> Money:
        """Of this money, what is given to one thing, or within it."""
        flows = tuple(flow for flow in self.flows if flow.concerns(thing))
        supports = tuple(support for support in self.supports if support.thing["id"] == thing)
        return Money(flows, supports, self.joints, self.revision)

    @property
    def joint_facts(self) -> dict[str, frozenset[str]]:
        return {mark: joint.facts for mark, joint in self.joints.items()}


@dataclass(frozen=True, slots=True)
class Figure:
    fact: str
    reporter: Entity
    figure: Entity
    measure: str
    amount: float | None
    unit: str | None
    period: str | None
    approximate: bool
    estimated_by: Entity | None
    modality: str
    basis: str
    note: str | None


async def read_money(
    store: Store, filters: Filters, *, givers: Sequence[str] | None = None, things: Sequence[str] | None = None
) -> Money:
    """The money that sources speak of, of some givers and to some things where those are given. All modalities are in
    unless the filters choose; each gift says its status."""
    bound = filters.parameters(EVERY_MODALITY) | {
        "givers": list(givers) if givers is not None else None,
        "things": list(things) if things is not None else None,
    }
    table = await store.read_at_once(text("service/money"), _MONEY, bound, limit=_MOST_ROWS, timeout=60)
    flows, supports = [], []
    for (
        fact,
        funder,
        thing,
        amount,
        currency,
        joint,
        modality,
        basis,
        role,
        note,
        source,
        recorded,
        programme,
    ) in table.rows:
        if role is not None:
            supports.append(Support(funder, thing, role, fact, modality))
            continue
        gift = Gift(
            fact=fact,
            funder=funder["id"],
            thing=thing["id"],
            amount=amount,
            currency=currency,
            joint=joint,
            status=Status.of(modality),
            source=source,
            recorded=str(recorded),
            row=basis == "register",
        )
        flows.append(Flow(gift, funder, thing, modality, basis, note, programme))
    joints = await _read_joints(store, {flow.gift.joint for flow in flows if flow.gift.joint})
    return Money(tuple(flows), tuple(supports), joints, table.revision)


async def _read_joints(store: Store, marks: Iterable[str]) -> dict[str, Joint]:
    wanted = sorted(marks)
    if not wanted:
        return {}
    table = await store.read(text("service/joint-givers"), {"joints": wanted}, limit=_MOST_ROWS)
    joints = {}
    for mark in wanted:
        rows = [row for row in table.rows if row[0] == mark]
        funders = {row[2]["id"]: row[2] for row in rows}
        things = {row[3]["id"]: row[3] for row in rows}
        facts = frozenset(row[1] for row in rows)
        joints[mark] = Joint(mark, tuple(funders.values()), tuple(things.values()), facts)
    return joints


async def read_figures(
    store: Store, filters: Filters, things: Sequence[str], *, leaders: Sequence[str] = ()
) -> list[Figure]:
    """The figures that are reported of some things, or of what `leaders` lead or estimate, whatever they measure."""
    bound = filters.parameters(EVERY_MODALITY) | {"things": list(things), "leaders": list(leaders)}
    table = await store.read(text("service/figures-of"), bound, limit=_MOST_ROWS)
    return [Figure(*row) for row in table.rows]
