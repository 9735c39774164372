"""What the steps did to the copy, in words, each with the facts that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.errors import BadScenario
from service.metrics.funding import Gift, LeftOut, Status, Total, totals
from service.model.vocabulary import RELATIONS, TYING, Kind
from service.scenarios.state import Copy, Edge, Thing


class Kinds(StrEnum):
    """Kinds of effect; the order is that of the answer, the gravest first."""

    LOSES_EVERY_PARTNER = "loses every partner"
    LOSES_PROVIDER = "loses its provider"
    LOSES_LEAD = "loses its lead"
    LOSES_FUNDER = "loses its funder"
    LEFT_WITH_ONE = "left with one partner"
    ENDS = "ends"
    PART_OF_WHAT_ENDED = "part of what ended"
    BECOMES_INTERNAL = "becomes internal"
    BECOME_ONE = "memberships become one"
    GROUP_SHRINKS = "group shrinks"
    LOSES_PARTNER = "loses a partner"
    PASSES_ON = "passes on"


_LEADS = frozenset({"lead", "joint lead"})


@dataclass(frozen=True, slots=True)
class Effect:
    effect: Kinds
    thing: Thing
    bodies: tuple[Thing, ...]
    """Who is concerned: those that leave, merge or take over."""

    step: int
    says: str
    planned: bool
    """Whether all that it rests on is only planned, or less."""

    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViaGroup:
    """What is said of a group that a body in the steps belongs to: of the body itself no source says it."""

    group: Thing
    bodies: tuple[Thing, ...]
    thing: Thing
    relation: str
    says: str
    evidence: tuple[str, ...]


def effects(copy: Copy, merges: frozenset[int]) -> list[Effect]:
    """Everything that the steps changed. `merges` are the numbers of the steps that merged bodies."""
    before, after = _by_thing(copy.before.values()), _by_thing(copy.now())
    changed = {copy.before[fact].object for fact, edge in copy.edges.items() if edge.step is not None}
    found: list[Effect] = []
    for thing_id in sorted(changed):
        thing = copy.things[thing_id]
        if thing_id in copy.became:
            found += _ended(copy, thing, before.get(thing_id, []))
        elif thing.kind == Kind.GROUP:
            found += _group(copy, thing, before.get(thing_id, []))
        else:
            found += _thing(copy, thing, before.get(thing_id, []), after.get(thing_id, []), merges)
    found += _internal(copy, merges)
    return sorted(found, key=lambda e: (list(Kinds).index(e.effect), e.thing.name, e.thing.id, e.says))


def via_group(copy: Copy, bodies: Iterable[str]) -> list[ViaGroup]:
    """The ties of the groups that some bodies belong to."""
    named, members = set(bodies), defaultdict[str, list[Edge]](list)
    for edge in copy.before.values():
        if edge.relation == "MEMBER_OF" and copy.things[edge.object].kind == Kind.GROUP and edge.subject in named:
            members[edge.object].append(edge)
    found = []
    for edge in sorted(copy.before.values(), key=lambda edge: (edge.subject, edge.object, edge.fact)):
        if edge.subject in members and edge.relation in TYING:
            belonging = members[edge.subject]
            found.append(
                ViaGroup(
                    copy.things[edge.subject],
                    tuple(copy.things[each.subject] for each in belonging),
                    copy.things[edge.object],
                    edge.relation,
                    _by_group(copy, edge, belonging),
                    (edge.fact, *(each.fact for each in belonging)),
                )
            )
    return found


def _by_group(copy: Copy, edge: Edge, belonging: Sequence[Edge]) -> str:
    """What the steps mean for a tie of a group: nothing of the members themselves, unless they are known to be all."""
    group, thing = copy.things[edge.subject], copy.things[edge.object]
    members = [e for e in copy.before.values() if e.relation == "MEMBER_OF" and e.object == group.id]
    now = {copy.edges[e.fact].subject for e in members if not copy.edges[e.fact].gone}
    said = f"{group.name} {RELATIONS[edge.relation].says} {thing.name}"
    if len(now) == 1 and len(members) > 1:
        taker = next(iter(now))
        known = "all its members" if group.complete else "all members that are known"
        both = any(e.subject == taker and e.object == thing.id for e in copy.now())
        return f"{said}: {known} become {copy.things[taker].name}" + (", which is in it already." if both else ".")
    touched = len({e.fact for e in belonging if copy.edges[e.fact].step is not None}) or len(belonging)
    return f"{said}: {touched} of its {len(members)} known members {'is' if touched == 1 else 'are'} in the steps."


def orphaned(copy: Copy, merges: frozenset[int], currency: str | None) -> list[Total]:
    """Money that loses its giver or what it was for.

    Of a sum given together only the whole is known: it is orphaned where all who give it are gone. Raises BadScenario
    where money is in two currencies and none is chosen.
    """
    lost = [edge for edge in copy.edges.values() if edge.gone and edge.relation == "FUNDS" and edge.step not in merges]
    found = sorted({edge.currency for edge in lost if edge.currency})
    if len(found) > 1 and currency is None:
        raise BadScenario(
            f"it would orphan money in {' and '.join(found)}, which are never added: choose one with `currency`",
            max(edge.step or 1 for edge in lost),
        )
    joints: dict[str, set[str]] = defaultdict(set)
    for edge in copy.before.values():
        if edge.joint:
            joints[edge.joint].add(edge.fact)
    counted = [_gift(edge) for edge in lost if currency is None or edge.currency in {None, currency}]
    sums = totals(counted, {mark: frozenset(facts) for mark, facts in joints.items()})
    others = tuple(
        LeftOut(edge.fact, f"in {edge.currency}, which is not added to {currency}")
        for edge in lost
        if currency is not None and edge.currency not in {None, currency}
    )
    return [*sums, Total(Status.ACTUAL, None, None, 0, (), others)] if others else sums


def _thing(
    copy: Copy, thing: Thing, before: Sequence[Edge], after: Sequence[Edge], merges: frozenset[int]
) -> Iterator[Effect]:
    had, has = _bodies(before), _bodies(after)
    lost = [edge for edge in before if copy.edges[edge.fact].gone and copy.edges[edge.fact].step not in merges]
    moved = [edge for edge in before if not copy.edges[edge.fact].gone and copy.edges[edge.fact].step is not None]
    leaving = sorted({edge.subject for edge in lost})
    if had and not has and lost:
        yield _effect(copy, Kinds.LOSES_EVERY_PARTNER, thing, leaving, lost, "nobody whom a source names is left")
    for kind, word, is_role in (
        (Kinds.LOSES_PROVIDER, "provides it", lambda edge: edge.relation == "PROVIDES"),
        (Kinds.LOSES_LEAD, "leads it", lambda edge: edge.role in _LEADS),
        (Kinds.LOSES_FUNDER, "funds it", lambda edge: edge.relation == "FUNDS"),
    ):
        those = [edge for edge in lost if is_role(edge)]
        if those and not any(is_role(edge) for edge in after):
            yield _effect(
                copy, kind, thing, [edge.subject for edge in those], those, f"nobody else {word} by any source"
            )
    if lost and len(has) == 1 < len(had):
        only = copy.things[next(iter(has))].name
        yield _effect(
            copy, Kinds.LEFT_WITH_ONE, thing, leaving, lost, f"{only} is the only one left that a source names"
        )
    elif lost and has:
        yield _effect(copy, Kinds.LOSES_PARTNER, thing, leaving, lost, f"{len(has)} that sources name are left")
    yield from _seats(copy, thing, before, moved, had, has)


def _seats(
    copy: Copy, thing: Thing, before: Sequence[Edge], moved: Sequence[Edge], had: set[str], has: set[str]
) -> Iterator[Effect]:
    """What becomes of the seats that merged or moving bodies have in a thing."""
    takers: dict[str, set[str]] = defaultdict(set)
    for edge in before:
        now = copy.edges[edge.fact]
        if not now.gone and edge.relation in TYING:
            takers[now.subject].add(edge.subject)
    for taker, those in sorted(takers.items()):
        if those == {taker}:
            continue
        name = copy.things[taker].name
        edges = [edge for edge in before if edge.subject in those and edge.relation in TYING]
        if len(those) > 1 and len(has) == 1 and len(had) > 1:
            yield _effect(
                copy, Kinds.BECOMES_INTERNAL, thing, sorted(those), edges, f"all whom sources name are {name}"
            )
        elif len(those) > 1:
            yield _effect(
                copy, Kinds.BECOME_ONE, thing, sorted(those), edges, f"{len(those)} places become one of {name}"
            )
        elif any(edge in moved for edge in edges):
            yield _effect(
                copy,
                Kinds.PASSES_ON,
                thing,
                sorted(those),
                edges,
                f"{name} takes over what {_names(copy, those)} had in it",
            )


def _ended(copy: Copy, thing: Thing, before: Sequence[Edge]) -> Iterator[Effect]:
    into, step = copy.became[thing.id]
    if into != thing.id:
        return
    ties = [edge for edge in before if edge.relation in TYING]
    if ties:
        bodies = sorted(_bodies(ties))
        yield _effect(copy, Kinds.ENDS, thing, bodies, ties, f"{len(bodies)} that sources name in it lose it", step)
    for edge in before:
        if edge.relation == "PART_OF":
            part = copy.things[edge.subject]
            yield _effect(copy, Kinds.PART_OF_WHAT_ENDED, part, [thing.id], [edge], f"part of {thing.name}", step)


def _group(copy: Copy, group: Thing, before: Sequence[Edge]) -> Iterator[Effect]:
    members = [edge for edge in before if edge.relation == "MEMBER_OF"]
    changed = [edge for edge in members if copy.edges[edge.fact].step is not None]
    left = len({copy.edges[edge.fact].subject for edge in members if not copy.edges[edge.fact].gone})
    if changed and left < len(members):
        why = (
            f"of its {len(members)} known members {left} {'is' if left == 1 else 'are'} left; "
            "what a source says of the group it does not say of each"
        )
        yield _effect(copy, Kinds.GROUP_SHRINKS, group, [edge.subject for edge in changed], changed, why)


def _internal(copy: Copy, merges: frozenset[int]) -> Iterator[Effect]:
    """Ties between bodies that merged."""
    for fact, edge in copy.edges.items():
        if edge.gone and edge.step in merges:
            was = copy.before[fact]
            subject, thing = copy.things[was.subject], copy.things[was.object]
            why = f"{subject.name} {RELATIONS[was.relation].says} it, and both become one"
            yield _effect(copy, Kinds.BECOMES_INTERNAL, thing, [was.subject, was.object], [was], why)


def _effect(
    copy: Copy,
    kind: Kinds,
    thing: Thing,
    bodies: Sequence[str],
    edges: Sequence[Edge],
    why: str,
    step: int | None = None,
) -> Effect:
    named = tuple(copy.things[each] for each in dict.fromkeys(bodies))
    at = step or max(copy.edges[edge.fact].step or 0 for edge in edges)
    planned = all(edge.modality not in {"actual", "ended"} for edge in edges)
    plain = {Kinds.BECOME_ONE, Kinds.GROUP_SHRINKS, Kinds.PASSES_ON, Kinds.PART_OF_WHAT_ENDED}
    says = f"{thing.name}: {why}." if kind in plain else f"{thing.name} {kind}: {why}."
    return Effect(kind, thing, named, at, says, planned, tuple(dict.fromkeys(edge.fact for edge in edges)))


def _names(copy: Copy, bodies: Iterable[str]) -> str:
    return " and ".join(sorted(copy.things[each].name for each in bodies))


def _by_thing(edges: Iterable[Edge]) -> Mapping[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        found[edge.object].append(edge)
    return found


def _bodies(edges: Iterable[Edge]) -> set[str]:
    return {edge.subject for edge in edges if edge.relation in TYING}


def _gift(edge: Edge) -> Gift:
    return Gift(
        fact=edge.fact,
        funder=edge.subject,
        thing=edge.object,
        amount=edge.amount,
        currency=edge.currency,
        joint=edge.joint,
        status=Status.of(edge.modality),
        source=edge.source,
        recorded=edge.recorded,
        row=edge.basis == "register",
    )
