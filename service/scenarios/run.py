"""Runs a scenario: names become bodies, the facts around them become a copy, and the steps change the copy in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.errors import AmbiguousName, BadScenario, EntityNotFound
from service.graph.cypher_files import text
from service.graph.store import Store
from service.identity.names import Named, Names
from service.metrics.funding import Total
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind
from service.network.ties import Tie, Ties
from service.scenarios import state as steps
from service.scenarios.document import Dissolve, End, Merge, Move, NewBody, OfKind, Scenario, Withdraw
from service.scenarios.effects import Effect, ViaGroup, effects, orphaned, via_group
from service.scenarios.state import Copy, Edge, Thing

_MOST_ROWS = 1_000_000
_EDGES = (
    *("fact", "subject", "relation", "object"),
    *("role", "basis", "modality", "amount", "currency", "joint", "source", "recorded"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario did. `rewired` takes the ties of the whole network to those after the steps."""

    scenario: Scenario
    says: tuple[str, ...]
    """Each step in words."""

    effects: tuple[Effect, ...]
    via_group: tuple[ViaGroup, ...]
    orphaned: tuple[Total, ...]
    copy: Copy
    created: tuple[Thing, ...]
    revision: str

    @property
    def concerned(self) -> tuple[str, ...]:
        """The bodies that the steps are about, before and after."""
        bodies = {edge.subject for edge in self.copy.edges.values() if edge.step is not None}
        bodies |= {self.copy.before[fact].subject for fact, edge in self.copy.edges.items() if edge.step is not None}
        return tuple(sorted(bodies | {thing.id for thing in self.created}))

    def rewired(self, ties: Ties) -> Ties:
        """Raises BadScenario, with the step, where no tie is left of a network that had some."""
        after, last = [], 0
        for tie in ties.ties:
            edge = self.copy.edges.get(tie.facts[-1])
            if edge is None:
                after.append(tie)
            elif edge.gone:
                last = max(last, edge.step or 0)
            else:
                after.append(Tie(edge.subject, edge.object, tie.relation, tie.facts))
        if ties.ties and not after:
            raise BadScenario("no tie would be left: the scenario empties the network", last)
        gone = self.copy.became.keys()
        bodies = [body for body in ties.bodies if body.id not in gone]
        bodies += [type(ties.bodies[0])(thing.id, thing.name, thing.kind, None) for thing in self.created]
        return Ties(tuple(bodies), tuple(after), ties.revision)


async def run(store: Store, names: Names, scenario: Scenario, revision: str) -> Outcome:
    """Raises BadScenario where a step cannot be, with its number; nothing in the store changes either way."""
    await _check_day(store, scenario.as_of)
    reading = _Reading(names, scenario, revision)
    plans = [await reading.plan(number, step) for number, step in enumerate(scenario.steps, start=1)]
    copy = await _copy(store, scenario, reading)
    for plan in plans:
        plan(copy)
    merges = frozenset(n for n, step in enumerate(scenario.steps, start=1) if isinstance(step, Merge))
    return Outcome(
        scenario,
        tuple(reading.says),
        tuple(effects(copy, merges)),
        tuple(via_group(copy, reading.ids)),
        tuple(orphaned(copy, merges, scenario.currency)),
        copy,
        tuple(reading.created.values()),
        revision,
    )


async def _check_day(store: Store, day: date | None) -> None:
    if day is None:
        return
    table = await store.read(text("service/first-day"))
    first = table.rows[0][0].to_native() if table.rows and table.rows[0][0] else None
    if first is None or day < first:
        raise BadScenario(f"as_of {day} is before any source: the first day that one speaks of is {first}", 1)


async def _copy(store: Store, scenario: Scenario, reading: _Reading) -> Copy:
    bound: dict[str, Any] = {"ids": sorted(reading.ids)} | scenario.filters().parameters()
    table = await store.read_at_once(text("service/around"), _EDGES, bound, limit=_MOST_ROWS, timeout=60)
    things = dict(reading.things)
    edges = {}
    for fact, subject, relation, thing, *said in table.rows:
        for end in (subject, thing):
            things.setdefault(end["id"], Thing(end["id"], end["name"], end["kind"], bool(end["complete"])))
        role, basis, modality, amount, currency, joint, source, recorded = said
        edges[fact] = Edge(
            fact,
            subject["id"],
            relation,
            thing["id"],
            role,
            basis,
            modality,
            amount,
            currency,
            joint,
            source,
            str(recorded),
        )
    return Copy(things, dict(edges), edges, {}, {})


class _Reading:
    """Turns steps into plans: what they name is looked up first, so that one read gets all that is needed."""

    def __init__(self, names: Names, scenario: Scenario, revision: str) -> None:
        self._names = names
        self._revision = revision
        self._day = scenario.as_of or date.today()
        self.things: dict[str, Thing] = {}
        self.created: dict[str, Thing] = {}
        self.ids: set[str] = set()
        self.says: list[str] = []

    async def plan(self, number: int, step: Any) -> Callable[[Copy], None]:
        match step:
            case Merge():
                bodies = [await self.body(each, number) for each in step.merge]
                into = await self._into(step.into, bodies, number)
                self.says.append(f"{_listed(bodies)} merge into {into.name}.")
                return lambda copy: steps.merge(
                    copy, number, [copy.alive(each, number) for each in bodies], copy.alive(into, number)
                )
            case Dissolve():
                body = await self.body(step.dissolve, number)
                self.says.append(f"{body.name} is dissolved.")
                return lambda copy: steps.dissolve(copy, number, copy.alive(body, number))
            case End():
                thing = await self.thing(step.end, number)
                self.says.append(f"{thing.name} ends.")
                return lambda copy: steps.end(copy, number, copy.alive(thing, number))
            case Move():
                function = await self.thing(step.move, number)
                source, target = await self.body(step.source, number), await self.body(step.to, number)
                self.says.append(f"{function.name} moves from {source.name} to {target.name}.")
                return lambda copy: steps.move(
                    copy,
                    number,
                    copy.alive(function, number),
                    copy.alive(source, number),
                    copy.alive(target, number),
                )
            case Withdraw():
                body = await self.body(step.withdraw, number)
                leaves, what = await self._leaves(step, number)
                self.says.append(f"{body.name} withdraws from {what}.")
                return lambda copy: steps.withdraw(copy, number, copy.alive(body, number), leaves, what)
        raise BadScenario("unknown step", number)

    async def body(self, given: str, number: int) -> Thing:
        """The organisation of a name. Raises BadScenario where it has ended, or names none or several."""
        return await self._named(given, number, sorted(ORGANISATIONS))

    async def thing(self, given: str, number: int) -> Thing:
        return await self._named(given, number, None)

    async def _named(self, given: str, number: int, kinds: list[str] | None) -> Thing:
        for made in self.created.values():
            if given == made.id or name_key(given) == name_key(made.name):
                return made
        try:
            named = await self._names.resolve(given, self._revision, kinds)
        except (AmbiguousName, EntityNotFound) as error:
            raise BadScenario(error.detail, number, **error.extra) from None
        self._check_alive(named, number)
        thing = Thing(named.id, named.name, named.kind)
        self.things[thing.id] = thing
        self.ids.add(thing.id)
        return thing

    def _check_alive(self, named: Named, number: int) -> None:
        if not named.existed(self._day):
            raise BadScenario(f"{named.fate() or f'{named.name} began on {named.started}'} (on {self._day})", number)

    async def _into(self, into: NewBody | str, bodies: list[Thing], number: int) -> Thing:
        if isinstance(into, str):
            return await self.body(into, number)
        made = into.id or "-".join(name_key(into.name).split())
        if not made:
            raise BadScenario(f"into: {into.name!r} holds no name", number)
        taken = [body for body in self.things.values() if made == body.id or name_key(into.name) == name_key(body.name)]
        try:
            existing = None if taken else await self._names.resolve(made, self._revision)
        except (AmbiguousName, EntityNotFound):
            existing = None
        if taken or made in self.created or (existing and existing.id == made):
            raise BadScenario(
                f"the new body {into.name!r} bears the name or id of one that exists; name it otherwise", number
            )
        kinds = {body.kind for body in bodies}
        thing = Thing(made, into.name, kinds.pop() if len(kinds) == 1 else Kind.AGENCY.value)
        self.created[made] = self.things[made] = thing
        return thing

    async def _leaves(self, step: Withdraw, number: int) -> tuple[Callable[[Thing], bool], str]:
        if step.leaves == "everything":
            return lambda _: True, "everything"
        if isinstance(step.leaves, OfKind):
            kinds = {kind.value for kind in step.leaves.kind}
            return lambda thing: thing.kind in kinds, f"every {' and '.join(sorted(kinds))}"
        things = [await self.thing(each, number) for each in step.leaves]
        ids = {thing.id for thing in things}
        return lambda thing: thing.id in ids, _listed(things)


def _listed(things: list[Thing]) -> str:
    names = [thing.name for thing in things]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
