"""mySociety's register of UK local authorities, past and current: bodies, lifetimes, successors and memberships.

A GSS code names a boundary and not a body, so a body is recognised by its code only where a name agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from service.identity.bodies import KnownEntity
from service.ingest.importer import Asked, Held, Importer, Match, Recorded, Report, importer
from service.ingest.readers.csv import Opened, csv_rows, opened
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Source, fact_id, source_entity
from service.model.ids import id_of_name
from service.model.name_keys import name_key
from service.model.rows import BadRow, BadRows, Row
from service.model.vocabulary import Basis, Kind
from service.sources.registers import within_lifetimes

SOURCE = "uk-local-authorities"
COLUMNS = (
    *("local-authority-code", "official-name", "nice-name", "gss-code", "start-date", "end-date", "replaced-by"),
    *("nation", "region", "local-authority-type", "county-la", "combined-authority", "alt-names", "former-gss-codes"),
)
TIERS = {
    "CTY": "county",
    "NMD": "district",
    "UA": "unitary",
    "MD": "metropolitan district",
    "LBO": "london borough",
    "CC": "city corporation",
    "SCO": "scottish unitary",
    "WPA": "welsh unitary",
    "NID": "northern irish district",
    "COMB": "combined authority",
    "SRA": "strategic authority",
}


@importer("authorities")
def authorities(
    file: Annotated[Path, Asked("mySociety's uk_local_authorities.csv.")], recorded: Recorded = None
) -> Sequence[Importer]:
    """Import the register of UK local authorities: bodies, lifetimes, successors, counties, combined authorities.

    A body that the graph holds already is recognised by code and name. A newer file of the same register updates, ends
    and adds; what another source says is never touched.
    """
    return (AuthorityRegister(file, recorded or date.today()),)


class AuthorityRegister(Importer):
    """The register in a file, as it was on a day."""

    name = SOURCE

    def __init__(self, path: Path, recorded: date) -> None:
        self._path = path
        self._recorded = recorded
        self._entities: tuple[Entity, ...] = ()
        self._facts: tuple[Fact, ...] = ()

    def check(self, held: Held) -> Report:
        path, recorded = self._path, self._recorded
        file = opened(path)
        errors: list[BadRow] = []
        rows = _by_code(path, errors)
        existing = [body for body in held.entities if body.kind in {Kind.AUTHORITY, Kind.PARTNERSHIP}]
        ids, matched, review = _identities(rows, existing, {body.id for body in held.entities})
        bodies = {ids[code]: _entity(path, row, ids[code], rows, errors) for code, row in rows.items()}
        groups = {group.id: group for group in _groups(rows)}
        facts = list(_facts(path, rows, ids, recorded, errors))
        if errors:
            raise BadRows(errors)
        file.unchanged()
        everything = bodies | groups
        there = {each.id for each in existing}
        ours = (entity for entity in everything.values() if entity.id not in there)
        self._entities = (source_entity(_source(file, recorded)), *ours)
        self._facts = tuple(within_lifetimes(replace(fact, id=fact_id(fact)), everything) for fact in facts)
        return Report(tuple(matched), tuple(review))

    def entities(self) -> Iterable[Entity]:
        return self._entities

    def facts(self) -> Iterable[Fact]:
        return self._facts


def _source(file: Opened, recorded: date) -> Source:
    return Source(
        SOURCE,
        "UK local authorities, past and current",
        "mySociety",
        PartialDate.parse(recorded.isoformat()),
        "The day on which the file was imported, or that was given with it.",
        recorded,
        file.path.name,
        file.sha256,
        file.text,
        "CC BY 4.0",
    )


def _by_code(path: Path, errors: list[BadRow]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for row in csv_rows(path, COLUMNS):
        code = row.values["local-authority-code"]
        if not code:
            errors.append(row.wrong(path, "local-authority-code", "is missing"))
        elif code in rows:
            errors.append(row.wrong(path, "local-authority-code", f"{code} stands at line {rows[code].line} already"))
        else:
            rows[code] = row
        if not row.values["official-name"]:
            errors.append(row.wrong(path, "official-name", "is missing"))
        if row.values["local-authority-type"] not in TIERS:
            known = ", ".join(TIERS)
            errors.append(
                row.wrong(path, "local-authority-type", f"{row.values['local-authority-type']!r} is not one of {known}")
            )
    return rows


def _identities(
    rows: Mapping[str, Row], existing: Sequence[KnownEntity], taken: set[str]
) -> tuple[dict[str, str], list[Match], list[str]]:
    """The id of each row's body: that of a body which is there already, or a new one, which no other has `taken`."""
    by_code, by_name = defaultdict[str, list[KnownEntity]](list), defaultdict[str, list[KnownEntity]](list)
    for body in existing:
        if body.gss_code:
            by_code[body.gss_code].append(body)
        for key in {name_key(body.name), *body.keys}:
            by_name[key].append(body)
    ids: dict[str, str] = {}
    matched: list[Match] = []
    review: list[str] = []
    for code, row in rows.items():
        name = row.values["official-name"]
        key = name_key(name)
        coded = by_code.get(row.values["gss-code"], []) if row.values["gss-code"] else []
        named = [body for body in by_name.get(key, ()) if name_key(body.name) == key]
        both = [body for body in coded if body in named]
        if len(both) == 1 or (not coded and len(named) == 1):
            ids[code] = (both or named)[0].id
            matched.append(Match(name, ids[code], "code and name" if both else "name"))
            continue
        if coded or named:
            others = ", ".join(body.id for body in dict.fromkeys([*coded, *named]))
            review.append(f"{name} ({code}) shares a code or a name with {others}, but not both: they stay apart")
        plain = id_of_name(name)
        ids[code] = plain if plain not in taken else f"{plain}-{code.lower()}"
        taken.add(ids[code])
    return ids, matched, review


def _entity(path: Path, row: Row, entity: str, rows: Mapping[str, Row], errors: list[BadRow]) -> Entity:
    values = row.values
    kind = Kind.PARTNERSHIP if values["local-authority-type"] == "COMB" else Kind.AUTHORITY
    start, end = _lifetime(path, row, rows, errors)
    properties = {
        "code": values["local-authority-code"],
        "tier": TIERS.get(values["local-authority-type"]),
        "gss_code": values["gss-code"],
        "region": values["region"],
        "nation": values["nation"],
        "start": start,
        "end": end,
    }
    names = [values["nice-name"], *values["alt-names"].split(",")]
    aliases = {name_key(name): name.strip() for name in reversed(names) if name.strip()}
    aliases.pop(name_key(values["official-name"]), None)
    given = tuple(sorted((key, value) for key, value in properties.items() if value))
    return Entity(entity, kind, values["official-name"], tuple(sorted(aliases.values())), None, given)


def _lifetime(path: Path, row: Row, rows: Mapping[str, Row], errors: list[BadRow]) -> tuple[str | None, str | None]:
    """First and last day. The register mixes last days with the first day after: an end on which a successor begins is
    the day before."""
    days: dict[str, date | None] = {}
    for column in ("start-date", "end-date"):
        days[column] = None
        if given := row.values[column]:
            try:
                days[column] = date.fromisoformat(given)
            except ValueError:
                errors.append(row.wrong(path, column, f"{given!r} is not a day such as 2019-04-01"))
    start, end = days["start-date"], days["end-date"]
    for code in _codes(row.values["replaced-by"]):
        if end and code in rows and rows[code].values["start-date"] == end.isoformat():
            end -= timedelta(days=1)
            break
    if start and end and end < start:
        errors.append(row.wrong(path, "end-date", f"{end} is before the start, {start}"))
    return str(start) if start else None, str(end) if end else None


def _groups(rows: Mapping[str, Row]) -> Iterator[Entity]:
    """The authorities of each county, and of Greater London, as groups whose members the register lists in full."""
    counted: dict[str, int] = defaultdict(int)
    for row in rows.values():
        for code, _ in _group_of(row, rows):
            counted[code] += 1
    for code, count in sorted(counted.items()):
        head = rows[code].values
        name = f"the local authorities of {head['nice-name']} ({head['local-authority-code']})"
        yield Entity(_group_id(code), Kind.GROUP, name, (), None, (("complete", True), ("count", count)))


def _group_of(row: Row, rows: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """The code of the county or strategic authority in whose area a body lies, and the column that says so."""
    if row.values["county-la"] in rows:
        yield row.values["county-la"], "county-la"
    over = row.values["combined-authority"]
    if over in rows and rows[over].values["local-authority-type"] != "COMB":
        yield over, "combined-authority"


def _facts(
    path: Path, rows: Mapping[str, Row], ids: Mapping[str, str], recorded: date, errors: list[BadRow]
) -> Iterator[Fact]:
    for code, row in rows.items():
        for column in ("replaced-by", "county-la", "combined-authority"):
            for other in _codes(row.values[column]):
                if other not in rows:
                    errors.append(row.wrong(path, column, f"no row has the code {other!r}"))
        for successor in _codes(row.values["replaced-by"]):
            if successor in ids:
                yield _fact(row, ids[code], "PRECEDES", ids[successor], recorded)
        for area, _ in _group_of(row, rows):
            yield _fact(row, ids[code], "MEMBER_OF", _group_id(area), recorded)
        over = row.values["combined-authority"]
        if over in rows and rows[over].values["local-authority-type"] == "COMB" and over != code:
            yield _fact(row, ids[code], "MEMBER_OF", ids[over], recorded)


def _fact(row: Row, subject: str, relation: str, thing: str, recorded: date) -> Fact:
    return Fact(
        source=SOURCE,
        subject=subject,
        relation=relation,
        object=thing,
        quote=row.text,
        line=row.line,
        start=row.start,
        recorded=recorded,
        basis=Basis.REGISTER,
        holds_from=date.min,
    )


def _codes(given: str) -> list[str]:
    return [code for code in given.replace(",", " ").split() if code]


def _group_id(code: str) -> str:
    return f"local-authorities-of-{code.lower()}"
