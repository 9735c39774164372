"""Grants of the 360Giving Data Standard: who gave how much to whom, when, and within which programme."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from service.identity.bodies import Bodies, Double
from service.identity.decisions import Decisions
from service.identity.placeholders import is_placeholder
from service.ingest.cells import is_empty_day
from service.ingest.grant_files import Checker, open_grants
from service.ingest.importer import Asked, DecisionsFile, Held, Importer, Match, Recorded, Report, importer
from service.ingest.readers.table import RowFile
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Source, checksum, fact_id, source_entity
from service.model.ids import slug
from service.model.rows import BadRow, BadRows, Row
from service.model.vocabulary import Basis, Kind

_MOST = 10_000_000_000
"""No grant is known to have been larger; a figure beyond it is a slip."""

_FIRST_YEAR = 1750
"""No grant that is known to be published is older: an earlier day is a slip."""

_MOST_TOLD = 100_000
_PARTS = {"id": "identifier", "name": "name"}


@importer("grants")
def grants(
    files: Annotated[Path, Asked("Files of the 360Giving Data Standard: .json, .csv, .xlsx.", several=True)],
    name: Annotated[str | None, Asked("Name of the import, with one file; the file's own name if left out.")] = None,
    schema: Annotated[Path | None, Asked("The standard's JSON schema, to check against all of it.")] = None,
    skip_bad: Annotated[bool, Asked("Leave bad grants out, and say which.")] = False,
    recorded: Recorded = None,
    decisions: DecisionsFile = None,
) -> Sequence[Importer]:
    """Import grants: funders, recipients, awards with amount, currency, day and programme.

    Each file is one import, checked from end to end before anything is written. A newer file of the same name updates,
    ends and adds. Funders that are authorities are recognised; other ids stay apart, and likely doubles are listed.
    """
    file = GrantFile(
        files, name or slug(files.stem), decisions, recorded=recorded or date.today(), schema=schema, skip_bad=skip_bad
    )
    return (file,)


class GrantFile(Importer):
    """A file of grants. It is read once to be checked, and what it says comes as a stream in a second reading."""

    def __init__(
        self,
        path: Path,
        name: str,
        decisions: Path | None,
        *,
        recorded: date,
        schema: Path | None = None,
        skip_bad: bool = False,
    ) -> None:
        self.name = name
        self._path = path
        self._decisions = Decisions(decisions)
        self._recorded = recorded
        self._schema = schema
        self._skip_bad = skip_bad
        self._found = _Found(Bodies((), self._decisions))
        self._file: RowFile | None = None
        self._elsewhere: Collection[str] = ()

    def check(self, held: Held) -> Report:
        self._file = file = open_grants(self._path)
        self._elsewhere = ()
        self._found = found = _Found(Bodies(held.entities, self._decisions))
        checker = Checker(self._schema)
        for row in file.rows():
            if faults := found.faults(row, checker):
                found.leave_out(row, self._path, faults)
            else:
                found.take(row)
        if found.bad and not self._skip_bad:
            raise BadRows(found.bad)
        if not found.awards and not found.to_people and not found.bad:
            raise BadRows([BadRow("the file holds no grant", file=self._path.name)])
        return found.report(file.notes)

    def entities(self) -> Iterator[Entity]:
        yield source_entity(self.source)
        yield from self._found.bodies.entities()
        yield from (each for each in self._found.programmes.values() if not self._found.bodies.holds(each.id))

    def facts(self) -> Iterator[Fact]:
        led: set[tuple[str, str]] = set()
        for row in self._usable():
            if row.values["id"] not in self._elsewhere:
                yield from self._of_grant(row, led)
        self._checked.opened.unchanged()

    def awards(self) -> list[str]:
        return [row.values["id"] for row in self._usable()]

    def leave_to_others(self, awards: Collection[str]) -> None:
        self._elsewhere = frozenset(awards)

    @property
    def source(self) -> Source:
        funders = self._found.funders
        return Source(
            self.name,
            f"Grants in {self._path.name}",
            " and ".join(sorted(funders)) if len(funders) < 3 else None,
            PartialDate.parse(self._recorded.isoformat()),
            "The day on which the file was imported, or that was given with it.",
            self._recorded,
            self._path.name,
            self._checked.opened.sha256,
            self._checked.opened.text,
        )

    @property
    def _checked(self) -> RowFile:
        assert self._file is not None, "a file is checked before what it says is taken"
        return self._file

    def _usable(self) -> Iterator[Row]:
        """The rows of grants to organisations that are good, each once: where they stand says which those were."""
        good = self._found.good
        return (row for row in self._checked.rows() if row.start in good)

    def _of_grant(self, row: Row, led: set[tuple[str, str]]) -> Iterator[Fact]:
        grant = row.values
        funders = [self._found.ids[org["id"]] for org in grant["fundingOrganization"]]
        recipients = [self._found.ids[org["id"]] for org in grant["recipientOrganization"]]
        programmes = [self._found.programmes[key].id for key in _programmes(grant, funders[0])]
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


@dataclass(slots=True)
class _Found:
    """What a reading of the file found so far."""

    bodies: Bodies
    ids: dict[str, str] = field(default_factory=dict)
    """Of each organisation that the file names by an identifier, the id in the graph."""

    programmes: dict[str, Entity] = field(default_factory=dict)
    funders: set[str] = field(default_factory=set)
    good: set[int] = field(default_factory=set)
    """Where the rows begin that become facts, in characters: unlike a line, that is each row's own."""

    bad: list[BadRow] = field(default_factory=list)
    left_out: int = 0
    """How many grants have a fault, of which one may have several."""

    to_people: int = 0
    """Grants to individuals: no person becomes part of the graph."""

    _lines: dict[str, int] = field(default_factory=dict)

    @property
    def awards(self) -> int:
        return len(self.good)

    def faults(self, row: Row, checker: Checker) -> list[tuple[str, str]]:
        grant = row.values
        if faults := checker.faults(grant) or list(_implausible(grant)):
            return faults
        if grant["id"] in self._lines:
            return [("id", f"{grant['id']} stands at line {self._lines[grant['id']]} already")]
        return []

    def leave_out(self, row: Row, path: Path, faults: Iterable[tuple[str, str]]) -> None:
        self.left_out += 1
        if len(self.bad) < _MOST_TOLD:
            whose = f" (grant {row.values['id']})" if isinstance(row.values.get("id"), str) else ""
            self.bad += [row.wrong(path, column, f"{why}{whose}") for column, why in faults]

    def take(self, row: Row) -> None:
        grant = row.values
        self._lines[grant["id"]] = row.line
        if not grant.get("recipientOrganization"):
            self.to_people += 1
            return
        self.good.add(row.start)
        for org in (*grant["fundingOrganization"], *grant["recipientOrganization"]):
            self.ids[org["id"]] = self.bodies.see(org["id"].strip(), org["name"].strip())
        funder = grant["fundingOrganization"][0]
        self.funders.add(funder["name"].strip())
        for key, title in _programmes(grant, self.ids[funder["id"]]).items():
            self.programmes.setdefault(key, _programme(key, title, funder["name"]))

    def report(self, found_out: Iterable[str]) -> Report:
        doubles = self.bodies.doubles()
        notes = list(found_out)
        if self.left_out:
            notes.append(f"{self.left_out} grants are left out, for the faults above.")
        if doubles:
            notes.append("Decide with `joinedup import decide ONE OTHER same|different|unsure`, and import again.")
        if self.to_people:
            notes.append(f"{self.to_people} grants to individuals are not in the graph: no person becomes part of it.")
        return Report(
            tuple(Match(org_id, body, how) for org_id, (body, how) in self.bodies.matched.items()),
            tuple(doubles_told(doubles)),
            tuple(self.bad),
            {"awards": self.awards, "to_individuals": self.to_people, "grants_left_out": self.left_out},
            tuple(notes),
        )


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
        if is_empty_day(day):
            yield column, f"{day} is what a spreadsheet makes of an empty cell"
        elif day.earliest.year < _FIRST_YEAR:
            yield column, f"{day} is before {_FIRST_YEAR}; is it a slip?"
    for column in ("recipientOrganization", "fundingOrganization"):
        for org in grant.get(column, ()):
            for part in _PARTS:
                if not org[part].strip():
                    yield f"{column}/{part}", "is empty"
                elif is_placeholder(org[part]):
                    yield (
                        f"{column}/{part}",
                        f"{org[part]!r} is no {_PARTS[part]}: it would tie strangers together",
                    )
    if not grant.get("recipientOrganization") and not grant.get("recipientIndividual"):
        yield "recipientOrganization", "is missing: who received the grant?"


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
        title = (programme.get("title") or programme.get("code") or "").strip()
        if title and not is_placeholder(title):
            words = "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:60]
            found["-".join(filter(None, (funder, words, checksum([funder, title])[:6])))] = title
    return found


def _programme(key: str, title: str, funder: str) -> Entity:
    return Entity(key, Kind.PROGRAMME, f"{title} ({funder.strip()})", (title,))
