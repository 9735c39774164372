"""A council's own spreadsheet: what it says becomes facts, names are recognised, and every bad cell is told."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zipfile import ZipFile

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
    KnownEntity(
        *("winchester-city-council", "Winchester City Council", "Authority", ("winchester city council",)),
        gss_code="E07000094",
        code="WIN",
    ),
    KnownEntity("gb-chc-1", "Alder Foundation", "Agency", ("alder foundation",), org_id="GB-CHC-1"),
    KnownEntity("oak-board", "Oak Board", "Agency", ("oak board",)),
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
        ("026-01", "'2' is not a date; write 2014, 2014-10 or 2014-10-03"),
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
        ("modality: {a: &a [1], b: *a}", "m.yaml:9: .*aliases are not read"),
        ("delimiter: ';;'", "delimiter: String should have at most 1 character"),
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


PLAIN = "{name: m, title: M, date: 2026-01, columns: {partner: Who, programme: What}%s}"


def plain(tmp_path: Path, rows: str, more: str = "", header: str = "Who,What\n") -> Read:
    return read(tmp_path, rows, PLAIN % more, header)


NAMES = [
    "香港社區會",
    "সমাজ কেন্দ্র",
    "Friends of Oak+",
    "Friends of Oak",
    "Cyngor Môn",
    "Cyngor Mân",
    "Łódź",
    "Lódz",
    "C++",
    "C",
]


def test_no_two_names_have_one_id(tmp_path: Path) -> None:
    """Whatever the script, and in whatever order they come."""
    found = plain(tmp_path, "".join(f"{name},Joint bins\n" for name in NAMES))
    ids = {entity.name: entity.id for entity in found.entities}
    assert set(NAMES) <= set(ids)
    assert len({ids[name] for name in NAMES}) == len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) for id_ in ids.values()), ids
    assert (ids["Friends of Oak"], ids["C"]) == ("friends-of-oak", "c")
    assert ids["Cyngor Môn"].startswith("cyngor-mon-")
    assert ids["香港社區會"].startswith("xiang")
    turned = plain(tmp_path, "".join(f"{name},Joint bins\n" for name in reversed(NAMES)))
    assert {entity.name: entity.id for entity in turned.entities} == ids


def test_one_name_of_two_kinds_is_two(tmp_path: Path) -> None:
    kinds = ", relation: MEMBER_OF, kinds: {partner: Agency, programme: Partnership}"
    rows = "A council,The forum\nThe forum,A larger forum\nThe forum,The forum\nOak Board,Oak Board\n"
    found = plain(tmp_path, rows, kinds)
    ids = {(entity.name, entity.kind.value): entity.id for entity in found.entities}
    assert ids["The forum", "Agency"] == "forum"
    assert ids["The forum", "Partnership"] == "forum-partnership"
    assert ids["Oak Board", "Partnership"] == "oak-board-partnership", "another import has the plain one"
    assert all(fact.subject != fact.object for fact in found.facts)


@pytest.mark.parametrize(
    "name",
    ["TBC", "tbc", "N/A", "n/a", "#N/A", "-", "—", "...", "?", "#REF!", "TRUE", "None", "(unknown)", "t.b.c.", "0"],
)
def test_what_stands_for_a_name_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadRows, match=r"t.csv:2: What: .* is no name"):
        plain(tmp_path, f"Alder,{name}\n")
    with pytest.raises(BadRows, match=r"t.csv:3: Who: .* is no name"):
        plain(tmp_path, f"Alder,Bins\n{name},Bins\n")


def test_bad_rows_may_be_left_out_and_are_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Who,What\nAlder,TBC\nBirch,Bins\nTBC,n/a\n")
    (tmp_path / "m.yaml").write_text(PLAIN % "")
    table = Table(tmp_path / "t.csv", read_mapping(tmp_path / "m.yaml"), skip_bad=True)
    report = table.check(Held())
    assert (len(report.left_out), report.counts["rows_left_out"], report.counts["rows"]) == (2, 2, 3)
    assert [entity.id for entity in table.entities()] == ["m", "birch", "bins"], "Alder is named by no row that is left"
    with pytest.raises(BadRows):
        plain(tmp_path, "Alder,TBC\n")


def test_words_for_an_empty_cell(tmp_path: Path) -> None:
    columns = "{name: m, title: M, date: 2026, empty: [not yet, '-'], columns: {partner: Who, programme: What, from: From, role: Role}}"
    found = read(tmp_path, "Alder,Bins,Not Yet,-\n", columns, "Who,What,From,Role\n")
    assert [(fact.valid_from, fact.role) for fact in found.facts] == [(None, None)]


def test_codes_stand_for_what_bears_them(tmp_path: Path) -> None:
    found = plain(tmp_path, "e07000094,A\nGB-CHC-1,A\nGB-LAE-WIN,B\nGB-CHC-77,A\nE07000999,A\nGB-CHC Trust,A\n")
    assert [fact.subject for fact in found.facts] == [
        *("winchester-city-council", "gb-chc-1", "winchester-city-council"),
        *("gb-chc-77", "e07000999", "gb-chc-trust"),
    ]
    assert Match("e07000094", "winchester-city-council", "code") in found.report.matched
    new = {entity.id: entity for entity in found.entities}
    assert (new["gb-chc-77"].get("org_id"), new["e07000999"].get("org_id")) == ("GB-CHC-77", None)
    assert [line.split(" looks")[0] for line in found.report.review] == ["GB-CHC-77", "E07000999"]


@pytest.mark.parametrize(
    ("given", "form", "read_as"),
    [
        *(
            ("1880", None, "1880"),
            ("1829-09-29", None, "1829-09-29"),
            ("1900", None, "1900"),
            ("1900-01", None, "1900-01"),
        ),
        *(("01/04/2021", "%d/%m/%Y", "2021-04-01"), ("2021", "%d/%m/%Y", "2021"), ("2021-04", "%d/%m/%Y", "2021-04")),
        *(("04/2021", "%m/%Y", "2021-04"), ("April 2021", "%B %Y", "2021-04"), ("FY 2021", "FY %Y", "2021")),
        *(
            ("1899-12-30", None, "spreadsheet"),
            ("1900-01-01", None, "spreadsheet"),
            ("31/12/1899", "%d/%m/%Y", "spreadsheet"),
        ),
        *(
            ("01/04/21", "%d/%m/%Y", "not a date"),
            ("21", None, "not a date"),
            ("1900-01-00", None, "spreadsheet"),
            ("2021-00", None, "not a date"),
        ),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(tmp_path: Path, given: str, form: str | None, read_as: str) -> None:
    more = f', dates: "{form}"' if form else ""
    mapping = f"{{name: m, title: M, date: 2026{more}, columns: {{partner: Who, programme: What, from: From}}}}"
    if not read_as[0].isdigit():
        with pytest.raises(BadRows, match=read_as):
            read(tmp_path, f"Alder,Bins,{given}\n", mapping, "Who,What,From\n")
        return
    [fact] = read(tmp_path, f"Alder,Bins,{given}\n", mapping, "Who,What,From\n").facts
    assert str(fact.valid_from) == read_as


def test_a_list_in_a_cell(tmp_path: Path) -> None:
    rows = "Alder Council; Birch Council,Waste\n"
    found = plain(tmp_path, rows)
    assert [fact.subject for fact in found.facts] == ["alder-council-birch-council"]
    [told] = found.report.review
    assert "t.csv:2: 'Alder Council; Birch Council' looks like a list" in told
    assert 'split: {partner: ";"}' in told
    found = plain(tmp_path, rows + "Alder Council; Alder Council;,Bins\n", ', split: {partner: ";"}')
    assert [(fact.subject, fact.object) for fact in found.facts] == [
        *(("alder-council", "waste"), ("birch-council", "waste"), ("alder-council", "bins")),
    ]
    assert found.report.review == ()
    with pytest.raises(BadRows, match="holds no name"):
        plain(tmp_path, ";,Waste\n", ', split: {partner: ";"}')


def test_a_sum_of_a_list_is_one_sum(tmp_path: Path) -> None:
    mapping = (
        "{name: m, title: M, date: 2026, relation: FUNDS, currency: GBP, split: {partner: ';'},"
        " columns: {partner: Who, programme: What, amount: Sum}}"
    )
    found = read(tmp_path, "Alder; Birch,Bins,5\nElm,Bins,5\n", mapping, "Who,What,Sum\n")
    one, other, alone = found.facts
    assert one.joint == other.joint is not None
    assert alone.joint is None
    assert {fact.currency for fact in found.facts} == {"GBP"}


@pytest.mark.parametrize(
    ("given", "right"), [("£1,500.50", 1500.5), ("1500", 1500.0), ("1,234,567", 1234567.0), ("0", 0.0)]
)
def test_amounts_as_people_write_them(tmp_path: Path, given: str, right: float) -> None:
    assert [fact.amount for fact in money(tmp_path, given).facts] == [right]


@pytest.mark.parametrize(
    "given", ["€500", "$5", "1,2345", "1_000", "12,34,567", "1.2.3", "1e3", "inf", "£", "five", "-5"]
)
def test_amounts_that_are_none(tmp_path: Path, given: str) -> None:
    with pytest.raises(BadRows, match=r"t.csv:2: Sum"):
        money(tmp_path, given)


def money(tmp_path: Path, given: str) -> Read:
    mapping = "{name: m, title: M, date: 2026, relation: FUNDS, currency: GBP, columns: {partner: W, programme: X, amount: Sum}}"
    return read(tmp_path, f'Alder,Bins,"{given}"\n', mapping, "W,X,Sum\n")


@pytest.mark.parametrize(
    ("encoding", "bom", "told"),
    [
        *(
            ("utf-8", b"", None),
            ("utf-8", b"\xef\xbb\xbf", None),
            ("cp1252", b"", "read as Windows-1252: line 2 is not UTF-8"),
        ),
        *(("utf-16-le", b"\xff\xfe", "UTF-16"), ("utf-16-be", b"\xfe\xff", "UTF-16"), ("utf-16-le", b"", "UTF-16")),
    ],
)
def test_the_encoding_is_found_and_told(tmp_path: Path, encoding: str, bom: bytes, told: str | None) -> None:
    content = "Who,What\r\nÉlan Valley Trust – north,Joint Ferry\r\n"
    (tmp_path / "t.csv").write_bytes(bom + content.encode(encoding))
    (tmp_path / "m.yaml").write_text(PLAIN % "")
    found = read_table(tmp_path / "t.csv", tmp_path / "m.yaml")
    assert "Élan Valley Trust – north" in {entity.name for entity in found.entities}
    [fact] = found.facts
    source = next(entity for entity in found.entities if entity.id == "m")
    assert source.get("text")[fact.start : fact.end] == fact.quote == "Élan Valley Trust – north,Joint Ferry"
    assert [told in note for note in found.report.notes] == ([True] if told else [])


def test_an_encoding_that_is_given_is_kept_to(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("Who,What\n\u0141\xf3d\u017a,Ferry\n".encode("cp1250"))
    for given, right in (("cp1250", "Łódź"), ("cp1252", None), ("utf-8", None), ("martian", None)):
        (tmp_path / "m.yaml").write_text(PLAIN % f", encoding: {given}")
        if right is None and given != "cp1252":
            with pytest.raises(StartError, match=r"is not utf-8|no encoding 'martian'"):
                read_table(tmp_path / "t.csv", tmp_path / "m.yaml")
        else:
            names = {entity.name for entity in read_table(tmp_path / "t.csv", tmp_path / "m.yaml").entities}
            assert (right in names) == (right is not None)


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        ("Who;What\nAlder, the Trust;Bins\n", ["cells are parted by semicolons"]),
        ("Who\tWhat\nAlder, the Trust\tBins\n", ["cells are parted by tabs"]),
        ("sep=;\r\nWho;What\r\nAlder, the Trust;Bins\r\n", []),
        ('who, WHAT ,,\n"Alder, the Trust",Bins,,\n', []),
        ('Our partners 2024,,\n,,\nWho,What,\n"Alder, the Trust",Bins,,,\n', ["the header is line 3"]),
    ],
)
def test_how_a_table_is_laid_out(tmp_path: Path, content: str, notes: list[str]) -> None:
    (tmp_path / "t.csv").write_bytes(content.encode())
    (tmp_path / "m.yaml").write_text(PLAIN % "")
    found = read_table(tmp_path / "t.csv", tmp_path / "m.yaml")
    [fact] = found.facts
    assert (fact.subject, fact.object) == ("alder-the-trust", "bins")
    assert list(found.report.notes) == notes
    assert content[fact.start :].startswith(fact.quote)
    assert fact.line == content[: fact.start].count("\n") + 1


def workbook(path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


OLD, REGISTER = [["Who", "What"], ["Old Alder", "Old Ferry"]], [["Partners"], ["Who", "What"], ["Alder", "Ferry"]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "more", "subject", "told"),
    [
        (
            {"old": OLD, "Register": REGISTER},
            ("old",),
            "",
            "alder",
            "the sheet 'Register' is read, of 'old' (hidden), 'Register'",
        ),
        ({"old": OLD, "Register": REGISTER}, ("old",), ", sheet: old", "old-alder", None),
        ({"Notes": [["Read me"]], "Register": REGISTER}, (), "", "alder", "of 'Notes', 'Register'"),
        ({"Register": REGISTER}, (), "", "alder", "the header is row 2"),
    ],
)
def test_the_sheet_that_people_see_is_read(
    tmp_path: Path,
    sheets: dict[str, list[list[object]]],
    hidden: tuple[str, ...],
    more: str,
    subject: str,
    told: str | None,
) -> None:
    workbook(tmp_path / "t.xlsx", sheets, hidden)
    (tmp_path / "m.yaml").write_text(PLAIN % more)
    found = read_table(tmp_path / "t.xlsx", tmp_path / "m.yaml")
    assert [fact.subject for fact in found.facts] == [subject]
    assert (told or "") in " ".join(found.report.notes)
    assert bool(told) == bool(found.report.notes)


@pytest.mark.parametrize(
    ("sheets", "hidden", "more", "said"),
    [
        (
            {"old": OLD, "new": [[]]},
            ("old",),
            "",
            "no sheet with a row in it that is not hidden; it has 'old' .hidden., 'new'",
        ),
        ({"old": OLD}, (), ", sheet: New", "has no sheet 'New'; it has 'old'"),
        ({"old": [["Who", "What", "Who"], ["a", "b", "c"]]}, (), "", "two columns Who"),
        ({"old": [["Who", "Where"], ["a", "b"]]}, (), "", "no column What in the sheet 'old'; it has Who, Where"),
    ],
)
def test_sheets_that_cannot_be_read(
    tmp_path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...], more: str, said: str
) -> None:
    workbook(tmp_path / "t.xlsx", {**sheets, **({"z": [[]]} if hidden else {})}, hidden)
    (tmp_path / "m.yaml").write_text(PLAIN % more)
    with pytest.raises(StartError, match=said):
        read_table(tmp_path / "t.xlsx", tmp_path / "m.yaml")


def test_a_formula_without_a_value_names_its_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Who", "What", "Sum", "Other"],
        ["Alder", "Ferry", "=100*3", "=1"],
        ["=A2", "Ferry", 5, "=1"],
    ]
    workbook(tmp_path / "t.xlsx", {"a": rows})
    mapping = (
        "{name: m, title: M, date: 2026, relation: FUNDS, currency: GBP, columns: {partner: Who, programme: What%s}}"
    )
    (tmp_path / "m.yaml").write_text(mapping % ", amount: Sum")
    with pytest.raises(BadRows) as caught:
        read_table(tmp_path / "t.xlsx", tmp_path / "m.yaml")
    assert "t.xlsx:2: Sum: the formula =100*3 of cell C2 holds no value" in str(caught.value)
    assert "t.xlsx:3: Who: the formula =A2 of cell A3 holds no value" in str(caught.value)
    assert "D2" not in str(caught.value), "a column that nobody asked for"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("damage", ["cut", "nothing", "gone", "other"])
def test_a_damaged_workbook_is_an_error_for_people(tmp_path: Path, part: str, damage: str) -> None:
    """Whatever part of it, and however: it is read, or refused with a sentence."""
    whole = workbook(tmp_path / "whole.xlsx", {"a": [["Who", "What"], ["Alder", "Ferry"]]})
    with ZipFile(whole) as before, ZipFile(tmp_path / "t.xlsx", "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                content = {"cut": content[: len(content) * 2 // 3], "nothing": b"", "gone": content, "other": b"<a/>"}[
                    damage
                ]
                if damage == "gone":
                    continue
            after.writestr(name, content)
    (tmp_path / "m.yaml").write_text(PLAIN % "")
    if part in {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}:
        with pytest.raises(StartError, match=r"no Excel workbook|damaged|no sheet"):
            read_table(tmp_path / "t.xlsx", tmp_path / "m.yaml")
        return
    found: list[str] | None = None
    with suppress(StartError):
        found = [fact.subject for fact in read_table(tmp_path / "t.xlsx", tmp_path / "m.yaml").facts]
    assert found in (None, ["alder"]), "nothing of it is needed here, or it is refused"
