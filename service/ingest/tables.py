"""A table of anyone's as facts: who takes part in what, in which role, from when to when, and who says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from service.identity.bodies import KnownEntity
from service.ingest.importer import Asked, Held, Importer, Match, Report, importer
from service.ingest.mapping import Mapping, read_mapping
from service.ingest.readers.csv import Opened
from service.ingest.readers.table import open_table, table_rows
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Source, fact_id, source_entity
from service.model.name_keys import name_key
from service.model.rows import BadRow, BadRows, Row
from service.model.vocabulary import RELATIONS, Basis, Kind


@importer("csv")
def csv(
    file: Annotated[Path, Asked("A table with a header: .csv or .xlsx.")],
    mapping: Annotated[Path, Asked("YAML file that says what its columns are; see seeds/README.md.", option=True)],
) -> Sequence[Importer]:
    """Import a table of your own: partner, programme, role, from, to, amount, source.

    Names that the graph knows are recognised; one that fits several is an error that lists them.
    """
    return (Table(file, read_mapping(mapping)),)


class Table(Importer):
    """A table in a file, and what its columns are."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        self.name = mapping.name
        self._path = path
        self._mapping = mapping
        self._entities: tuple[Entity, ...] = ()
        self._facts: tuple[Fact, ...] = ()

    def check(self, held: Held) -> Report:
        path, mapping = self._path, self._mapping
        file = open_table(path)
        source = _source(file, mapping)
        names, errors, facts = _Names(held.entities), list[BadRow](), dict[str, Fact]()
        rows = list(table_rows(path, mapping.columns.headers))
        for row in rows:
            try:
                fact = _fact(row, mapping, source, names)
            except _Wrong as wrong:
                column, why = wrong.args
                errors.append(row.wrong(path, column, why))
            else:
                if fact.id in facts:
                    errors.append(row.wrong(path, "the row", f"says the same as line {facts[fact.id].line}"))
                facts[fact.id] = fact
        if not rows:
            errors.append(BadRow("the table holds no row", file=path.name))
        if errors:
            raise BadRows(errors)
        file.unchanged()
        self._entities = (source_entity(source), *names.new.values())
        self._facts = tuple(facts.values())
        return Report(tuple(Match(name, id_, "name") for name, id_ in sorted(names.matched.items())))

    def entities(self) -> Iterable[Entity]:
        return self._entities

    def facts(self) -> Iterable[Fact]:
        return self._facts


class _Wrong(Exception):
    """A cell that cannot be used: its column, and why."""


def _source(file: Opened, mapping: Mapping) -> Source:
    day = PartialDate.parse(mapping.date)
    return Source(
        mapping.name,
        mapping.title,
        mapping.publisher,
        day,
        None,
        day.latest,
        file.path.name,
        file.sha256,
        file.text,
        mapping.licence,
    )


def _fact(row: Row, mapping: Mapping, source: Source, names: _Names) -> Fact:
    columns, relation = mapping.columns, RELATIONS[mapping.relation]
    role = _cell(row, columns.role)
    if role is not None:
        role = mapping.roles.get(role, role.casefold())
        if role not in relation.roles:
            raise _Wrong(columns.role, f"{role!r} is not one of {', '.join(sorted(relation.roles)) or 'none'}")
    valid_from, valid_until = (_date(row, column, mapping.dates) for column in (columns.start, columns.end))
    if valid_from and valid_until and valid_until.latest < valid_from.earliest:
        raise _Wrong(columns.end, f"{valid_until} is before {valid_from}")
    amount = _amount(row, columns.amount)
    currency = _cell(row, columns.currency)
    if amount is not None and not re.fullmatch("[A-Z]{3}", currency or ""):
        raise _Wrong(columns.currency or "currency", "an amount needs a currency such as GBP")
    said = _cell(row, columns.source)
    fact = Fact(
        source=source.id,
        subject=names.find(row, columns.partner, mapping.kinds.partner, relation.subjects),
        relation=mapping.relation,
        object=names.find(row, columns.programme, mapping.kinds.programme, relation.objects),
        quote=row.text,
        line=row.line,
        start=row.start,
        recorded=source.recorded,
        basis=Basis.REGISTER,
        modality=mapping.modality,
        role=role,
        amount=amount,
        currency=currency if amount is not None else None,
        note=f"The table has it from: {said}" if said else None,
        valid_from=valid_from,
        valid_until=valid_until,
        holds_from=valid_from.earliest if valid_from else date.min,
    )
    return replace(fact, id=fact_id(fact))


class _Names:
    """Finds what a name means among what the graph holds, and makes what is new."""

    def __init__(self, known: Iterable[KnownEntity]) -> None:
        self._by_id: dict[str, KnownEntity] = {}
        self._by_key: dict[str, list[KnownEntity]] = defaultdict(list)
        self.new: dict[str, Entity] = {}
        self.matched: dict[str, str] = {}
        for entity in known:
            self._by_id[entity.id] = entity
            for key in entity.keys:
                self._by_key[key].append(entity)

    def find(self, row: Row, column: str, kind: Kind, fitting: frozenset[Kind]) -> str:
        name = _cell(row, column)
        if name is None:
            raise _Wrong(column, "is missing")
        if name in self._by_id and self._by_id[name].kind in fitting:
            return name
        named = [entity for entity in self._by_key[name_key(name)] if entity.kind in fitting]
        living = [entity for entity in named if entity.ended is None] or named
        if len(living) > 1:
            ids = ", ".join(entity.id for entity in living[:5])
            raise _Wrong(column, f"{name!r} fits {len(living)}: {ids}; write the id that is meant")
        if living:
            self.matched[name] = living[0].id
            return living[0].id
        return self._made(name, kind)

    def _made(self, name: str, kind: Kind) -> str:
        key = name_key(name)
        made = "-".join(re.findall(r"[a-z0-9]+", key)) or "unnamed"
        if made in self._by_id:
            made = f"{made}-{kind.value.casefold()}"
        self.new.setdefault(f"{kind} {key}", Entity(made, kind, name))
        return self.new[f"{kind} {key}"].id


def _cell(row: Row, column: str | None) -> str | None:
    return (row.values.get(column) or "").strip() or None if column else None


def _date(row: Row, column: str | None, form: str | None) -> PartialDate | None:
    given = _cell(row, column)
    if given is None:
        return None
    try:
        if form is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            given = datetime.strptime(given, form).date().isoformat()
        day = PartialDate.parse(given)
    except ValueError:
        wanted = f"written as {form}" if form else "such as 2019, 2019-04 or 2019-04-01"
        raise _Wrong(column, f"{given!r} is not a date {wanted}; `dates:` in the mapping says how they are") from None
    if day.earliest.year < 1901:
        raise _Wrong(column, f"{day} is what a spreadsheet makes of an empty cell")
    return day


def _amount(row: Row, column: str | None) -> float | None:
    given = _cell(row, column)
    if given is None:
        return None
    try:
        amount = float(re.sub(r"^[£€$]\s*|,(?=\d{3})", "", given))
    except ValueError:
        raise _Wrong(column, f"{given!r} is not an amount") from None
    if not 0 <= amount <= 1e11:
        raise _Wrong(column, f"{given} is negative, or more than anybody gives")
    return amount
