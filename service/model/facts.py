"""The values that everything else passes on: Source, Entity, Fact, and Seeds, which holds them all."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.model.dates import PartialDate
from service.model.vocabulary import Basis, Kind, Modality


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the seed files: for errors, never for identity."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document or a register: the file, byte for byte, and what is known of its origin."""

    id: str
    title: str
    publisher: str | None
    date: PartialDate
    date_note: str | None
    recorded: datetime.date
    """The last day on which it can have been written: what `known_at` compares with."""

    file: str
    sha256: str
    text: str = field(repr=False)
    """The whole of it; nothing where the file is too long to be kept."""

    licence: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """Anything that a fact can name, with every name that a source or a user writes for it."""

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    summary: str | None = None
    properties: tuple[tuple[str, Any], ...] = ()
    """What only some kinds have: tier, gss_code, count, complete, date, measure, amount, unit, ..."""

    def get(self, name: str) -> Any:
        return dict(self.properties).get(name)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that one source says, with the words that say it (the statement of followthemoney's model)."""

    source: str
    subject: str
    relation: str
    object: str
    quote: str
    line: int
    start: int
    """Offset of the quote in the source's text, in characters."""

    recorded: date
    basis: Basis = Basis.STATED
    modality: Modality = Modality.ACTUAL
    role: str | None = None
    amount: float | None = None
    currency: str | None = None
    """The ISO 4217 code, or for a figure that is not money its unit."""

    joint: str | None = None
    """Facts that carry one `joint` share one sum between them: it counts once."""

    award: str | None = None
    """The identifier of a grant, as its publisher gives it."""

    programme: str | None = None
    """Of money: the id of the programme within which it is given."""

    note: str | None = None
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    holds_from: date = date.min
    """First day on which it is known to hold: `valid_from`, else the source's date; a register has no first day."""

    ends_by: date = date.max
    """Last day of the bodies at both ends, where a register gives one: no tie outlives them."""

    last_seen: date | None = None
    """Of the last edition that says it, what `recorded` is of the first; not known before it is loaded."""

    first_edition: str | None = None
    last_edition: str | None = None
    disputed: date | None = None
    """Since when somebody disputes it, while that is not decided."""

    withdrawn: date | None = None
    """When it was decided that it is none."""

    id: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.quote)

    @property
    def holds_until(self) -> date:
        return min(self.valid_until.latest, self.ends_by) if self.valid_until else self.ends_by


def source_entity(source: Source) -> Entity:
    """A source as a node: what is known of it, and its text."""
    properties = {
        "date": source.date.text,
        "date_note": source.date_note,
        "file": source.file,
        "licence": source.licence,
        "publisher": source.publisher,
        "recorded": source.recorded,
        "sha256": source.sha256,
        "text": source.text,
    }
    given = tuple((key, value) for key, value in properties.items() if value not in {None, ""})
    return Entity(source.id, Kind.SOURCE, source.title, source.aliases, None, given)


def fact_id(fact: Fact) -> str:
    """A hash of what is claimed and where, so that order, notes and second thoughts on its basis do not change it."""
    claim = [
        fact.source,
        fact.subject,
        fact.relation,
        fact.object,
        fact.quote,
        fact.role,
        fact.amount,
        fact.currency,
        fact.joint,
    ]
    return "f-" + checksum(claim)


def checksum(content: Any) -> str:
    """Sixteen hexadecimal digits of the sha256 of `content` as canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Seeds:
    """All that the seeds say, checked."""

    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]

    def unnamed(self) -> Iterable[Entity]:
        """Entities that no fact names: allowed, but worth a look."""
        named = {end for fact in self.facts for end in (fact.subject, fact.object)}
        return (entity for entity in self.entities if entity.id not in named)
