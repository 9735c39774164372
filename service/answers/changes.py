"""What changed between two days, in two senses that are kept apart: when things held, and when sources spoke of them.

`began`, `ended` and `took place` go by the days that a source or register gives; a plan that has a day is `planned to
begin` or `planned to end`, which is not the same as having done so. `first recorded`, `named again` and `last heard of`
go by the dates of the sources: what later documents do not name has not ended for that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service.answers.filters import EVERY_MODALITY, Filters
from service.graph.cypher_files import text
from service.graph.store import Store
from service.model import vocabulary
from service.model.dates import PartialDate
from service.model.vocabulary import RELATIONS


class Kind(StrEnum):
    """How something changed; the order is that of the answer."""

    BEGAN = "began"
    ENDED = "ended"
    TOOK_PLACE = "took place"
    PLANNED_TO_BEGIN = "planned to begin"
    PLANNED_TO_END = "planned to end"
    FIRST_RECORDED = "first recorded"
    NAMED_AGAIN = "named again"
    LAST_HEARD_OF = "last heard of"


MEANS = {
    Kind.BEGAN: "A source or register gives the day.",
    Kind.ENDED: "A source or register gives the day, or speaks of it as past.",
    Kind.TOOK_PLACE: "An event, with its day.",
    Kind.PLANNED_TO_BEGIN: "A plan with a day; no source says that it happened.",
    Kind.PLANNED_TO_END: "A plan with a day; no source says that it happened.",
    Kind.FIRST_RECORDED: "No earlier source speaks of it. It may be older.",
    Kind.NAMED_AGAIN: "An earlier source speaks of it, and a later one too.",
    Kind.LAST_HEARD_OF: "No later document names it. That does not say that it ended.",
}


class What(StrEnum):
    BODY = "body"
    """Any entity that is not a figure."""

    TIE = "tie"
    FIGURE = "figure"


_RANK = {word: rank for kinds in (Kind, What) for rank, word in enumerate(kinds)}
_MOST_ROWS = 1_000_000
_DATED = ("subject", "relation", "object", "fact", "valid_from", "valid_until", "modality", "recorded")
_HEARD = ("subject", "relation", "object", "recorded", "evidence")
_REAL = frozenset({"actual", "ended"})

Entity = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    change: Kind
    what: What
    entity: Entity | None
    subject: Entity | None
    relation: str | None
    object: Entity | None
    date: str
    """As exact as it is known: a year, a month or a day."""

    certain: bool
    """False where the date is not exact enough to say on which side of the two days it falls."""

    says: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """When an entity or tie was recorded, by which facts."""

    recorded: tuple[date, ...]
    evidence: tuple[str, ...]


async def read_changes(store: Store, first: date, last: date, filters: Filters) -> list[Change]:
    """Everything that changed after `first` and by `last`, in no order. An empty graph gives none."""
    bound = filters.parameters(EVERY_MODALITY) | {"as_of": None}
    documents = await store.read(text("service/documents"), limit=_MOST_ROWS)
    dated = await store.read_at_once(text("service/changes-dated"), _DATED, bound, limit=_MOST_ROWS, timeout=60)
    bodies = await store.read(text("service/changes-bodies"), limit=_MOST_ROWS, timeout=60)
    heard = await store.read_at_once(
        text("service/changes-heard"), _HEARD, bound | {"to": last}, limit=_MOST_ROWS, timeout=60
    )
    written = [row[1].to_native() for row in documents.rows]
    known_at = filters.known_at or date.max
    names = {row[1].to_native(): row[0]["name"] for row in documents.rows}

    def found() -> list[Change]:
        return [
            *_of_bodies(bodies.rows, first, last),
            *_of_dated(dated.rows, first, last),
            *_of_heard(heard.rows, first, last, [day for day in written if day <= min(last, known_at)], names),
        ]

    return await asyncio.to_thread(found)  # of a whole country it takes seconds, in which others are answered


def order(change: Change) -> tuple[Any, ...]:
    """The order of Kind, then what, date and name."""
    ends = [end["name"] for end in (change.entity, change.subject, change.object) if end]
    return _RANK[change.change], _RANK[change.what], change.date, ends, change.relation or ""


def _of_bodies(rows: Iterable[Sequence[Any]], first: date, last: date) -> Iterator[Change]:
    for body, start, end, evidence in rows:
        for word, given in ((Kind.BEGAN, start), (Kind.ENDED, end)):
            if given and (certain := _within(PartialDate.parse(given), first, last)) is not None:
                says = f"{body['name']} {word} on {given}, by its register."
                yield Change(word, What.BODY, body, None, None, None, given, certain, says, tuple(evidence))


def _of_dated(rows: Iterable[Sequence[Any]], first: date, last: date) -> Iterator[Change]:
    for subject, relation, thing, fact, valid_from, valid_until, modality, recorded in rows:
        said = _said(subject, relation, thing)
        if modality == "ended" and valid_until is None:
            if first < recorded.to_native() <= last:
                says = f"{said}: a source of {recorded} speaks of it as past; when it ended is not said."
                yield _tie(Kind.ENDED, subject, relation, thing, str(recorded), False, says, (fact,))
            continue
        if valid_from and valid_from == valid_until and thing["kind"] == vocabulary.Kind.EVENT:
            days = [(Kind.TOOK_PLACE if modality in _REAL else Kind.PLANNED_TO_BEGIN, valid_from)]
        else:
            words = (Kind.BEGAN, Kind.ENDED) if modality in _REAL else (Kind.PLANNED_TO_BEGIN, Kind.PLANNED_TO_END)
            days = list(zip(words, (valid_from, valid_until), strict=True))
        for word, given in days:
            if given and (certain := _within(PartialDate.parse(given), first, last)) is not None:
                says = f"{said}: {word} {given}" + ("" if modality in _REAL else f" ({modality})") + "."
                yield _tie(word, subject, relation, thing, given, certain, says, (fact,))


def _of_heard(
    rows: Sequence[Sequence[Any]], first: date, last: date, written: Sequence[date], names: Mapping[date, str]
) -> Iterator[Change]:
    bodies: dict[str, tuple[Entity, list[tuple[date, str]]]] = {}
    for subject, relation, thing, recorded, evidence in rows:
        days = [day.to_native() for day in recorded]
        heard = Heard(tuple(days), tuple(evidence))
        for change, day, says, facts in _hearings(_said(subject, relation, thing), heard, first, last, written, names):
            yield _tie(change, subject, relation, thing, day, True, says, facts)
        for end in (subject, thing):
            if end["kind"] not in {vocabulary.Kind.OUTCOME, vocabulary.Kind.SOURCE}:
                bodies.setdefault(end["id"], (end, []))[1].extend(zip(days, evidence, strict=True))
    for body, said in bodies.values():
        said.sort()
        heard = Heard(tuple(day for day, _ in said), tuple(fact for _, fact in said))
        for change, day, says, facts in _hearings(body["name"], heard, first, last, written, names):
            yield Change(change, What.BODY, body, None, None, None, day, True, says, facts)


def _hearings(
    name: str, heard: Heard, first: date, last: date, written: Sequence[date], names: Mapping[date, str]
) -> Iterator[tuple[Kind, str, str, tuple[str, ...]]]:
    """The changes in what sources record of one thing: its days are in order."""
    earliest, latest = heard.recorded[0], heard.recorded[-1]
    if first < earliest <= last:
        facts = tuple(f for day, f in zip(heard.recorded, heard.evidence, strict=True) if day == earliest)
        yield Kind.FIRST_RECORDED, str(earliest), f"{name}: first recorded by a source of {earliest}.", facts
    if earliest < latest and first < latest:
        facts = tuple(f for day, f in zip(heard.recorded, heard.evidence, strict=True) if day == latest)
        yield Kind.NAMED_AGAIN, str(latest), f"{name}: recorded on {earliest}, and again on {latest}.", facts
    since = [day for day in written if day > latest and day > first]
    if since:
        facts = tuple(f for day, f in zip(heard.recorded, heard.evidence, strict=True) if day == latest)
        by = "; ".join(names[day] for day in since[:3])
        says = f"{name}: last recorded on {latest}; not named since by {by}. No source says that it ended."
        yield Kind.LAST_HEARD_OF, str(latest), says, facts


def _within(day: PartialDate, first: date, last: date) -> bool | None:
    """Whether a date falls after `first` and by `last`: None where it cannot, False where it only may."""
    if day.latest <= first or day.earliest > last:
        return None
    return day.earliest > first and day.latest <= last


def _said(subject: Entity, relation: str, thing: Entity) -> str:
    return f"{subject['name']} {RELATIONS[relation].says} {thing['name']}"


def _tie(
    change: Kind,
    subject: Entity,
    relation: str,
    thing: Entity,
    day: str,
    certain: bool,
    says: str,
    facts: Iterable[str],
) -> Change:
    what = What.FIGURE if thing["kind"] == vocabulary.Kind.OUTCOME else What.TIE
    return Change(change, what, None, subject, relation, thing, day, certain, says, tuple(facts))
