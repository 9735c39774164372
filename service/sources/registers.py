"""What the rows of a register say: who belongs to which group, who came after whom, and who existed when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from service.errors import BadValue, SeedError, UnknownEntity
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact
from service.model.vocabulary import Basis, Kind, Modality
from service.sources.entries import nearest
from service.sources.parse import Placed, Registered


def placements(placed: Placed, entities: Mapping[str, Entity], errors: list[SeedError]) -> Iterable[Fact]:
    """Membership of a group that a document names: one fact for each row that is picked for it."""
    group = entities.get(placed.entry.group)
    if group is None or group.kind is not Kind.GROUP:
        detail = f"no group {placed.entry.group!r}{nearest(placed.entry.group, entities)}"
        errors.append(UnknownEntity(detail, file=placed.place.file, line=placed.place.line))
        return
    if group.get("complete") and group.get("count") not in {None, len(placed.rows)}:
        detail = f"{group.id} counts {group.get('count')}, the register has {len(placed.rows)} such rows"
        errors.append(BadValue(detail, file=placed.place.file, line=placed.place.line))
    for row in placed.rows:
        if row.id not in entities:
            continue  # reported where the register's ids are checked
        yield register_fact(row, row.id, "MEMBER_OF", group.id, placed.entry.note)


def register_fact(row: Registered, subject: str, relation: str, thing: str, note: str | None = None) -> Fact:
    """What a row of a register says, with the row itself as the quote."""
    return Fact(
        source=row.source.id,
        subject=subject,
        relation=relation,
        object=thing,
        quote=row.row.text,
        line=row.row.line,
        start=row.row.start,
        recorded=row.source.recorded,
        basis=Basis.REGISTER,
        modality=Modality.ACTUAL,
        note=note,
        holds_from=date.min,  # the register gives no first day
    )


def lifetime_problems(row: Registered) -> Iterable[str]:
    for column in ("start", "end"):
        if given := row.get(column):
            try:
                PartialDate.parse(given)
            except ValueError as error:
                yield f"{column}: {error}"


def successions(row: Registered, entities: Mapping[str, Entity], errors: list[SeedError]) -> Iterable[Fact]:
    """What the column `replaced_by` of a register says: one fact for each successor, their ids parted by spaces."""
    for successor in row.get("replaced_by").split():
        if successor not in entities:
            detail = f"replaced_by: no entity {successor!r}{nearest(successor, entities)}"
            errors.append(UnknownEntity(detail, file=row.source.file, line=row.row.line, quote=row.row.text))
        elif row.id in entities:
            yield register_fact(row, row.id, "PRECEDES", successor)


def within_lifetimes(fact: Fact, entities: Mapping[str, Entity]) -> Fact:
    """The fact, held to the days on which the bodies at both its ends existed. To come before outlives either."""
    if fact.relation == "PRECEDES":
        return fact
    holds_from, ends_by = fact.holds_from, fact.ends_by
    for end in (entities[fact.subject], entities[fact.object]):
        if start := end.get("start"):
            holds_from = max(holds_from, PartialDate.parse(start).earliest)
        if stop := end.get("end"):
            ends_by = min(ends_by, PartialDate.parse(stop).latest)
    return replace(fact, holds_from=holds_from, ends_by=ends_by)
