"""Grants of the 360Giving Data Standard: who gave how much to whom, when, and within which programme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from service.identity.bodies import Bodies, Double, KnownBody
from service.identity.decisions import Decisions
from service.ingest.grant_files import Checker, grant_rows, open_grants
from service.ingest.readers.csv import BadRow, BadRows, Opened, Row
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Source, checksum, fact_id, source_entity
from service.model.vocabulary import Basis, Kind

_MOST = 10_000_000_000
"""No grant is known to have been larger; a figure beyond it is a slip."""

_FIRST_YEAR = 1950
_MOST_TOLD = 1000


@dataclass(slots=True)
class Grants:
    """A file of grants that was read once and found good. What it says comes as a stream, in a second reading."""

    source: Source
    _opened: Opened
    _ids: Mapping[str, str]
    bodies: Bodies
    programmes: Mapping[str, Entity]
    leave_out: frozenset[str] = frozenset()
    """Identifiers of grants that another import holds already, or whose rows are bad and were to be left out."""

    awards: int = 0
    to_people: int = 0
    """Grants to individuals: no person becomes part of the graph."""

    bad: list[BadRow] = field(default_factory=list)

    def entities(self) -> Iterator[Entity]:
        yield source_entity(self.source)
        yield from self.bodies.entities()
        yield from (each for each in self.programmes.values() if not self.bodies.holds(each.id))

    def facts(self) -> Iterator[Fact]:
        """Raises StartError where the file is no longer what was checked."""
        led: set[tuple[str, str]] = set()
        seen: set[str] = set()
        for row in grant_rows(self._opened.path):
            grant = row.values
            if not _usable(grant) or grant["id"] in self.leave_out or grant["id"] in seen:
                continue
            seen.add(grant["id"])
            yield from self._of_grant(row, led)
        self._opened.unchanged()

    def awards_named(self) -> list[str]:
        return [row.values["id"] for row in grant_rows(self._opened.path) if _usable(row.values)]

    def _of_grant(self, row: Row, led: set[tuple[str, str]]) -> Iterator[Fact]:
        grant = row.values
        funders = [self._ids[org["id"]] for org in grant["fundingOrganization"]]
        recipients = [self._ids[org["id"]] for org in grant["recipientOrganization"]]
        programmes = [self.programmes[key].id for key in _programmes(grant, funders[0])]
        together = len(set(funders)) * len(set(recipients)) > 1
        awarded = PartialDate.parse(_day(grant["awardDate"]))
        until = _until(grant)
        for funder in dict.fromkeys(funders):
            for recipient in dict.fromkeys(recipients):
                yield self._fact(
                    row,
                    subject=funder,
                    relation="FUNDS",
                    object=recipient,
                    amount=float(grant["amountAwarded"]),
                    currency=grant["currency"],
                    joint=grant["id"] if together else None,
                    award=grant["id"],
                    programme=programmes[0] if programmes else None,
                    note=grant["title"],
                    valid_from=awarded,
                    valid_until=until,
                    holds_from=awarded.earliest,
                )
        for programme in programmes:
            if (funders[0], programme) not in led:
                led.add((funders[0], programme))
                yield self._fact(row, subject=funders[0], relation="TAKES_PART_IN", object=programme, role="lead")

    def _fact(self, row: Row, **said: Any) -> Fact:
        fact = Fact(
            source=self.source.id,
            quote=row.text,
            line=row.line,
            start=row.start,
            recorded=self.source.recorded,
            basis=Basis.REGISTER,
            **said,
        )
        return replace(fact, id=fact_id(fact))


def read_grants(
    path: Path,
    name: str,
    known: Iterable[KnownBody],
    decisions: Decisions,
    *,
    recorded: date,
    schema: Path | None = None,
    skip_bad: bool = False,
) -> Grants:
    """Read a file once, from end to end, and check every grant in it.

    Raises BadRows with all that is wrong in it (with `skip_bad` such grants are left out and told), and StartError
    where it is no such file.
    """
    opened = open_grants(path)
    checker, bodies = Checker(schema), Bodies(known, decisions)
    ids: dict[str, str] = {}
    programmes: dict[str, Entity] = {}
    lines: dict[str, int] = {}
    bad: list[BadRow] = []
    left_out: set[str] = set()
    funders: set[str] = set()
    awards = people = 0
    for row in grant_rows(path):
        grant = row.values
        faults = checker.faults(grant) or list(_implausible(grant))
        identifier = str(grant.get("id"))
        if not faults and identifier in lines:
            faults = [("id", f"{identifier} stands at line {lines[identifier]} already")]
        if faults:
            if len(bad) < _MOST_TOLD:
                bad += [row.wrong(path, column, why) for column, why in faults]
            if identifier not in lines:
                left_out.add(identifier)
            continue
        lines[identifier] = row.line
        if not grant.get("recipientOrganization"):
            people += 1
            continue
        awards += 1
        for org in (*grant["fundingOrganization"], *grant["recipientOrganization"]):
            ids[org["id"]] = bodies.see(org["id"].strip(), org["name"].strip())
        funder = grant["fundingOrganization"][0]
        funders.add(funder["name"].strip())
        for key, title in _programmes(grant, ids[funder["id"]]).items():
            programmes.setdefault(key, _programme(key, title, ids[funder["id"]], funder["name"]))
    if bad and not skip_bad:
        raise BadRows(bad)
    if not awards and not people and not bad:
        raise BadRows([BadRow("the file holds no grant", file=path.name)])
    source = Source(
        name,
        f"Grants in {path.name}",
        " and ".join(sorted(funders)) if len(funders) < 3 else None,
        PartialDate.parse(recorded.isoformat()),
        "The day on which the file was imported, or that was given with it.",
        recorded,
        path.name,
        opened.sha256,
        opened.text,
    )
    return Grants(source, opened, ids, bodies, programmes, frozenset(left_out), awards, people, bad)


def doubles_told(doubles: Iterable[Double]) -> list[str]:
    return [
        f"{double.one} and {double.other} {double.why}" + (" (unsure)" if double.verdict else "") for double in doubles
    ]


def _implausible(grant: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a schema lets through and no reader should."""
    amount = grant["amountAwarded"]
    if amount < 0:
        yield "amountAwarded", f"{amount} is negative"
    if amount > _MOST:
        yield "amountAwarded", f"{amount} is more than any grant; is it in pence, or a slip?"
    for column, given in (("awardDate", grant["awardDate"]), *_ends(grant)):
        try:
            day = PartialDate.parse(_day(given))
        except ValueError:
            yield column, f"{given!r} is not a day such as 2021-01-26"
            continue
        if day.earliest.year < _FIRST_YEAR:
            yield column, f"{day} is before {_FIRST_YEAR}; a spreadsheet makes 1900 of an empty cell"
    for column in ("recipientOrganization", "fundingOrganization"):
        for org in grant.get(column, ()):
            for part in ("id", "name"):
                if not org[part].strip():
                    yield f"{column}/{part}", "is empty"
    if not grant.get("recipientOrganization") and not grant.get("recipientIndividual"):
        yield "recipientOrganization", "is missing: who received the grant?"


def _usable(grant: Mapping[str, Any]) -> bool:
    return isinstance(grant.get("id"), str) and bool(grant.get("recipientOrganization"))


def _day(given: str) -> str:
    return given[:10]


def _ends(grant: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for column in ("actualDates", "plannedDates"):
        for period in grant.get(column) or ():
            if period.get("endDate"):
                yield f"{column}/endDate", period["endDate"]


def _until(grant: Mapping[str, Any]) -> PartialDate | None:
    return next((PartialDate.parse(_day(given)) for _, given in _ends(grant)), None)


def _programmes(grant: Mapping[str, Any], funder: str) -> dict[str, str]:
    """The programmes of a grant, by an id that holds for this funder's only, with their titles."""
    found = {}
    for programme in grant.get("grantProgramme") or ():
        if title := (programme.get("title") or programme.get("code") or "").strip():
            plain = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60]
            found[f"{funder}-{plain}-{checksum([funder, title])[:6]}"] = title
    return found


def _programme(key: str, title: str, funder: str, funder_name: str) -> Entity:
    return Entity(key, Kind.PROGRAMME, f"{title} ({funder_name.strip()})", (title,))
