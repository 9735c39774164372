"""A council's own spreadsheet: what it says becomes facts, names are recognised, and every bad cell is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from service.errors import StartError
from service.identity.bodies import KnownEntity
from service.ingest.importer import Held, Match, Report
from service.ingest.mapping import read_mapping
from service.ingest.tables import Table
from service.model.facts import Entity, Fact
from service.model.rows import BadRows

MAPPING = """
name: our-table
title: Our partnerships
publisher: Us
date: 2026-01
columns: {partner: Organisation, programme: Project, role: Role, from: Start, to: End, source: Where}
roles: {Lead authority: lead}
dates: "%d/%m/%Y"
"""
HEADER = "Organisation,Project,Role,Start,End,Where\n"
KNOWN = [
    KnownEntity("winchester-city-council", "Winchester City Council", "Authority", ("winchester city council",)),
    KnownEntity("old", "Dorset Council", "Authority", ("dorset council",), ended="2019-03-31"),
    KnownEntity("new", "Dorset Council", "Authority", ("dorset council",)),
    KnownEntity("a", "Twins", "Agency", ("twins",)),
    KnownEntity("b", "Twins", "Agency", ("twins",)),
    KnownEntity("broadband", "Superfast broadband", "Programme", ("superfast broadband",)),
    KnownEntity("twins-place", "A project", "Place", ("a project",)),
]


@dataclass(frozen=True)
class Read:
    report: Report
    entities: list[Entity]
    facts: list[Fact]


def read_table(path: Path, mapping: Path) -> Read:
    table = Table(path, read_mapping(mapping))
    report = table.check(Held((), KNOWN))
    return Read(report, list(table.entities()), list(table.facts()))


def read(tmp_path: Path, rows: str, mapping: str = MAPPING, header: str = HEADER) -> Read:
    (tmp_path / "t.csv").write_text(header + rows)
    (tmp_path / "m.yaml").write_text(mapping)
    return read_table(tmp_path / "t.csv", tmp_path / "m.yaml")


def test_rows_become_facts(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Winchester City Councils,superfast broadband,Lead authority,01/04/2015,,Cabinet 12/3\n"
        'New Body Ltd,"A project",partner,2015-04-01,31/03/2016,\n'
        "Dorset Council,A project,,,,\n",
    )
    first, second, third = found.facts
    assert (first.subject, first.object, first.role) == ("winchester-city-council", "broadband", "lead")
    assert (str(first.valid_from), first.note) == ("2015-04-01", "The table has it from: Cabinet 12/3")
    assert first.quote == "Winchester City Councils,superfast broadband,Lead authority,01/04/2015,,Cabinet 12/3"
    assert (second.subject, second.object, second.holds_until) == ("new-body-ltd", "project", date(2016, 3, 31))
    assert (third.subject, third.object, third.role) == ("new", "project", None), "the Dorset Council that lives"
    assert {entity.id for entity in found.entities} == {"our-table", "new-body-ltd", "project"}
    assert Match("Winchester City Councils", "winchester-city-council", "name") in found.report.matched


def test_every_bad_cell_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadRows) as caught:
        read(
            tmp_path,
            "Twins,A project,,,,\n,A project,,,,\nX,A project,boss,,,\nX,A project,,2015/4/1,,\n"
            "X,A project,,01/04/2016,01/04/2015,\nX,A project,,01/01/1900,,\nX,Y,,,,\nX,Y,,,,\n",
        )
    said = str(caught.value)
    for line, words in (
        *((2, "'Twins' fits 2: a, b; write the id that is meant"), (3, "Organisation: is missing")),
        *((4, "'boss' is not one of"), (5, "'2015/4/1' is not a date written as %d/%m/%Y")),
        *((6, "2015-04-01 is before 2016-04-01"), (7, "what a spreadsheet makes of an empty cell")),
        (9, "says the same as line 8"),
    ):
        assert f"t.csv:{line}: " in said
        assert words in said


def test_money_and_excel(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Funder", "To", "Sum", "In"])
    book.active.append(["Winchester City Council", "Superfast broadband", 1500.5, "GBP"])
    book.active.append(["Winchester City Council", "Another", "£2,000", "GBP"])
    book.save(tmp_path / "t.xlsx")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "{name: m, title: M, date: 2026, relation: FUNDS, columns: {partner: Funder, programme: To, amount: Sum, currency: In}}"
    )
    found = read_table(tmp_path / "t.xlsx", mapping)
    assert [(fact.amount, fact.currency, fact.line) for fact in found.facts] == [
        (1500.5, "GBP", 2),
        (2000.0, "GBP", 3),
    ]
    for amount, currency in (("-1", "GBP"), ("1e13", "GBP"), ("much", "GBP"), ("5", "")):
        book.active.append(["X", "Y", amount, currency])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(BadRows) as caught:
        read_table(tmp_path / "t.xlsx", mapping)
    assert [f"t.xlsx:{line}" in str(caught.value) for line in (4, 5, 6, 7)] == [True] * 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("title: Our partnerships", "title: Field required"),
        ("date: 2026-01", "date: Field required"),
        ("partner: Organisation, ", "columns.partner: Field required"),
    ],
)
def test_a_mapping_that_lacks_something(tmp_path: Path, change: str, said: str) -> None:
    with pytest.raises(StartError, match=said):
        read(tmp_path, "", MAPPING.replace(change, ""))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("relation: TAKES_PRT_IN", "did you mean 'TAKES_PART_IN'"),
        ("relation: USES", "does not go from Agency to Programme"),
        ("surprise: 1", "surprise: Extra inputs"),
        ("relation: [", "not YAML"),
    ],
)
def test_a_mapping_that_cannot_be(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(StartError, match=said):
        read(tmp_path, "", MAPPING + more)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="has no column Who; it has Organisation"):
        read(tmp_path, "X,Y,,,,\n", MAPPING.replace("partner: Organisation", "partner: Who"))
    with pytest.raises(BadRows, match="holds no row"):
        read(tmp_path, "")
