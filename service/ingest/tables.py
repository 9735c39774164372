"""A table of anyone's as facts: who takes part in what, in which role, from when to when, and who says so."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Annotated

from service.identity.placeholders import is_placeholder
from service.ingest.cells import amount, day, looks_like_a_list, parts
from service.ingest.importer import Asked, Held, Importer, Report, importer
from service.ingest.mapping import Mapping, read_mapping
from service.ingest.readers.csv import Opened
from service.ingest.readers.table import Layout, open_table
from service.ingest.readers.xlsx import Uncalculated
from service.ingest.recognition import Names
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Source, checksum, fact_id, source_entity
from service.model.rows import BadRow, BadRows, Row
from service.model.vocabulary import RELATIONS, Basis, Kind

_MOST = 100_000_000_000
"""No sum that anybody gave is known to have been larger."""


@importer("csv")
def csv(
    file: Annotated[Path, Asked("A table with a header: .csv or .xlsx.")],
    mapping: Annotated[Path, Asked("YAML file that says what its columns are; see seeds/README.md.", option=True)],
    skip_bad: Annotated[bool, Asked("Leave bad rows out, and say which.")] = False,
) -> Sequence[Importer]:
    """Import a table of your own: partner, programme, role, from, to, amount, source.

    Names, ids and codes that the graph knows are recognised; one that fits several is an error that lists them.
    """
    return (Table(file, read_mapping(mapping), skip_bad=skip_bad),)


class Table(Importer):
    """A table in a file, and what its columns are."""

    def __init__(self, path: Path, mapping: Mapping, *, skip_bad: bool = False) -> None:
        self.name = mapping.name
        self._path = path
        self._mapping = mapping
        self._skip_bad = skip_bad
        self._entities: tuple[Entity, ...] = ()
        self._facts: tuple[Fact, ...] = ()

    def check(self, held: Held) -> Report:
        path, mapping = self._path, self._mapping
        layout = Layout(mapping.encoding, mapping.delimiter, mapping.sheet)
        table = open_table(path, mapping.columns.headers, layout)
        source, names = _source(table.opened, mapping), Names(held.entities)
        errors, facts, lists = list[BadRow](), dict[str, Fact](), list[str]()
        rows = list(table.rows())
        for row in rows:  # so that who gets the plain id of a name does not hang on the order of the rows
            with suppress(_Wrong):
                _subjects(row, mapping, names)
        for row in rows:
            try:
                said = list(_facts(row, mapping, source, names))
            except _Wrong as wrong:
                errors.append(row.wrong(path, *wrong.args))
                continue
            lists += (f"{path.name}:{row.line}: {why}" for why in _lists(row, mapping))
            if twice := [fact for fact in said if fact.id in facts]:
                errors.append(row.wrong(path, "the row", f"says the same as line {facts[twice[0].id].line}"))
            facts |= {fact.id: fact for fact in said}
        if not rows:
            errors.append(BadRow("the table holds no row", file=path.name))
        if errors and not (self._skip_bad and facts):
            raise BadRows(errors)
        table.opened.unchanged()
        named = {end for fact in facts.values() for end in (fact.subject, fact.object)}
        self._entities = (source_entity(source), *(each for each in names.new.values() if each.id in named))
        self._facts = tuple(facts.values())
        codes = (f"{code} looks like a code, and nothing here has it: it is {id_}, new" for code, id_ in
                 names.unmatched_codes.items() if id_ in named)  # fmt: skip
        return Report(
            tuple(names.matched[name] for name in sorted(names.matched)),
            (*lists, *codes),
            tuple(errors),
            {"rows": len(rows), "rows_left_out": len({error.line for error in errors})},
            table.notes,
        )

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


def _facts(row: Row, mapping: Mapping, source: Source, names: Names) -> Iterator[Fact]:
    """What a row says: one fact, or where a cell is a list one for each of its entries."""
    columns, relation = mapping.columns, RELATIONS[mapping.relation]
    valid_from, valid_until = (_day(row, column, mapping) for column in (columns.start, columns.end))
    if valid_from and valid_until and valid_until.latest < valid_from.earliest:
        raise _Wrong(columns.end, f"{valid_until} is before {valid_from}")
    amount, currency = _amount(row, mapping)
    said = _cell(row, columns.source, mapping)
    subjects = _subjects(row, mapping, names)
    objects = [
        _found(names, columns.programme, name, mapping.kinds.programme, relation.objects)
        for name in _names(row, columns.programme, mapping, mapping.split.programme)
    ]
    plain = Fact(
        source=source.id,
        subject="",
        relation=mapping.relation,
        object="",
        quote=row.text,
        line=row.line,
        start=row.start,
        recorded=source.recorded,
        basis=Basis.REGISTER,
        modality=mapping.modality,
        role=_role(row, mapping, relation.roles),
        amount=amount,
        currency=currency,
        joint=f"row-{checksum(row.text)[:8]}" if amount is not None and len(subjects) * len(objects) > 1 else None,
        note=f"The table has it from: {said}" if said else None,
        valid_from=valid_from,
        valid_until=valid_until,
        holds_from=valid_from.earliest if valid_from else date.min,
    )
    for subject, thing in product(dict.fromkeys(subjects), dict.fromkeys(objects)):
        if subject == thing:
            raise _Wrong(columns.programme, f"is {thing}, which stands at the other end too")
        fact = replace(plain, subject=subject, object=thing)
        yield replace(fact, id=fact_id(fact))


def _subjects(row: Row, mapping: Mapping, names: Names) -> list[str]:
    column, kinds = mapping.columns.partner, RELATIONS[mapping.relation].subjects
    given = _names(row, column, mapping, mapping.split.partner)
    return [_found(names, column, name, mapping.kinds.partner, kinds) for name in given]


def _found(names: Names, column: str, name: str, kind: Kind, fitting: Collection[Kind]) -> str:
    try:
        return names.find(name, kind, fitting)
    except ValueError as error:
        raise _Wrong(column, str(error)) from None


def _cell(row: Row, column: str | None, mapping: Mapping) -> str | None:
    """What a cell holds; nothing where it is empty, or holds a word that the mapping takes for empty."""
    given = row.values.get(column, "") if column else ""
    if isinstance(given, Uncalculated):
        raise _Wrong(column, given.fault)
    text = given.strip()
    return text if text and text.casefold() not in {word.strip().casefold() for word in mapping.empty} else None


def _names(row: Row, column: str, mapping: Mapping, separator: str | None) -> list[str]:
    given = _cell(row, column, mapping)
    if given is None:
        raise _Wrong(column, "is missing")
    found = list(dict.fromkeys(parts(given, separator)))
    for name in found:
        if is_placeholder(name):
            raise _Wrong(column, f"{name!r} is no name; mend the row, or leave it out")
    if not found:
        raise _Wrong(column, f"{given!r} holds no name")
    return found


def _lists(row: Row, mapping: Mapping) -> Iterator[str]:
    """Cells that hold one name here and look like several."""
    ends = (("partner", mapping.columns.partner, mapping.split.partner),
            ("programme", mapping.columns.programme, mapping.split.programme))  # fmt: skip
    for end, column, separator in ends:
        given = _cell(row, column, mapping)
        if separator is None and given and looks_like_a_list(given):
            mark = next(mark for mark in (";", "|", "\n") if mark in given)
            split = f"split: {{{end}: {json.dumps(mark)}}}"
            yield f"{given!r} looks like a list and is taken for one name; `{split}` in the mapping parts it"


def _role(row: Row, mapping: Mapping, known: Collection[str]) -> str | None:
    given = _cell(row, mapping.columns.role, mapping)
    role = mapping.roles.get(given, given.casefold()) if given else None
    if role is not None and role not in known:
        raise _Wrong(mapping.columns.role, f"{role!r} is not one of {', '.join(sorted(known)) or 'none'}")
    return role


def _day(row: Row, column: str | None, mapping: Mapping) -> PartialDate | None:
    given = _cell(row, column, mapping)
    if given is None:
        return None
    try:
        return day(given, mapping.dates)
    except ValueError as error:
        if "spreadsheet" in str(error):
            raise _Wrong(column, str(error)) from None
        wanted = f"written as {mapping.dates}" if mapping.dates else "such as 2019, 2019-04 or 2019-04-01"
        raise _Wrong(column, f"{given!r} is not a date {wanted}; `dates:` in the mapping says how they are") from None


def _amount(row: Row, mapping: Mapping) -> tuple[float | None, str | None]:
    """The amount of a row and its currency; neither where it gives no amount."""
    column = mapping.columns.amount
    given = _cell(row, column, mapping)
    if given is None:
        return None, None
    currency = _cell(row, mapping.columns.currency, mapping) or mapping.currency
    if not re.fullmatch("[A-Z]{3}", currency or ""):
        raise _Wrong(mapping.columns.currency or "currency", "an amount needs a currency such as GBP")
    try:
        found = amount(given, currency)
    except ValueError as error:
        raise _Wrong(column, str(error)) from None
    if not 0 <= found <= _MOST:
        raise _Wrong(column, f"{given} is negative, or more than anybody gives")
    return found, currency
