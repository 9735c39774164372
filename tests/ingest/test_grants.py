"""Grants: what a file says becomes facts with their rows; ids stay apart; what is wrong is told all at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from service.errors import StartError
from service.graph.load import load, load_streams
from service.graph.store import Store
from service.identity.decisions import Decisions, Verdict
from service.ingest.grants import GrantFile
from service.ingest.importer import Held, Report
from service.model.facts import Fact, Seeds
from service.model.rows import BadRows
from service.operations.imports import run_each
from tests.ingest.grants import CELLS, GRANT, TITLES, WINCHESTER, grant, written

DAY = date(2025, 7, 31)
SHARED = Path(__file__).resolve().parents[2].parent / "shared/data/360giving"


def read(path: Path, **more: Any) -> GrantFile:
    return checked(path, **more)[0]


def checked(path: Path, **more: Any) -> tuple[GrantFile, Report]:
    found = GrantFile(path, "test-grants", path.with_name("decisions.csv"), recorded=DAY, **more)
    return found, found.check(Held((), (WINCHESTER,)))


def funds(found: GrantFile) -> list[Fact]:
    return [fact for fact in found.facts() if fact.relation == "FUNDS"]


def test_a_grant_is_a_fact_with_its_row(tmp_path: Path) -> None:
    path = written(tmp_path / "g.json", [grant(), grant(id="360G-test-2", description="Café · £5")])
    found = read(path)
    first, second = funds(found)
    assert (first.subject, first.object) == ("gb-chc-100", "gb-chc-200")
    assert (first.amount, first.currency, first.award) == (1500.0, "GBP", "360G-test-1")
    assert (str(first.valid_from), str(first.valid_until)) == ("2021-01-26", "2022-01-31")
    assert first.joint is None
    content = path.read_text()
    for fact in (first, second):
        assert content[fact.start :].startswith(fact.quote)
        assert json.loads(fact.quote)["id"] == fact.award
        assert content.splitlines()[fact.line - 1].strip() == "{"
    [lead] = [fact for fact in found.facts() if fact.relation == "TAKES_PART_IN"]
    assert (lead.subject, lead.object, lead.role) == ("gb-chc-100", first.programme, "lead")
    names = {entity.id: entity.name for entity in found.entities()}
    assert names[lead.object] == "Buildings (The Test Trust)"


@pytest.mark.parametrize("form", ["csv", "csv with bom", "xlsx", "names"])
def test_every_form_says_the_same(tmp_path: Path, form: str) -> None:
    titles: tuple[str, ...] = TITLES
    if form == "names":
        titles = (*TITLES[:7], "recipientOrganization/0/id", "Recipient Org:0:Name", *TITLES[9:])
    if form == "xlsx":
        book = Workbook()
        assert book.active is not None
        book.active.append(titles)
        book.active.append((*CELLS[:4], 1500.0, date(2021, 1, 26), 44592, *CELLS[7:]))
        book.save(path := tmp_path / "g.xlsx")
    else:
        path = tmp_path / "g.csv"
        lines = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (titles, CELLS))
        path.write_text(lines + "\r\n", encoding="utf-8-sig" if "bom" in form else "utf-8", newline="")
    found = read(path)
    [fact] = funds(found)
    assert (fact.amount, str(fact.valid_from), str(fact.valid_until)) == (1500.0, "2021-01-26", "2022-01-31")
    assert (fact.subject, fact.object, fact.line) == ("gb-chc-100", "gb-chc-200", 2)
    assert found.source.text[fact.start :].startswith(fact.quote)


def test_a_sum_of_two_funders_counts_once(tmp_path: Path) -> None:
    both = [*GRANT["fundingOrganization"], {"id": "GB-LAE-WIN", "name": "Winchester"}]
    one, other = funds(read(written(tmp_path / "g.json", [grant(fundingOrganization=both)])))
    assert one.joint == other.joint == "360G-test-1"
    assert other.subject == "winchester-city-council", "the code of the register of authorities"


def test_authorities_are_recognised_and_nobody_else(tmp_path: Path) -> None:
    def recipient(org_id: str, name: str, number: int) -> dict[str, Any]:
        return grant(id=f"360G-test-{number}", recipientOrganization=[{"id": org_id, "name": name}])

    path = written(
        tmp_path / "g.json",
        [
            recipient("360G-x-1", "Winchester City Council", 1),
            recipient("GB-CHC-7", "Winchester City Council", 2),
            recipient("US-EIN-7", "Winchester", 3),
            recipient("GB-COH-7", "Seven", 4),
            recipient("GB-COH-007", "Seven Limited", 5),
        ],
    )
    found, report = checked(path)
    assert [fact.object for fact in funds(found)] == [
        "winchester-city-council",
        "gb-chc-7",
        "us-ein-7",
        "gb-coh-7",
        "gb-coh-007",
    ]
    told = report.review
    assert "GB-COH-007 and GB-COH-7 have the same name" in told
    assert any("GB-CHC-7 and winchester-city-council" in line for line in told)
    assert any("US-EIN-7 and winchester-city-council" in line for line in told)
    assert not any("GB-CHC-7 and GB-COH-7" in line for line in told), "one number in two schemes says nothing"


def test_a_decision_joins_parts_and_can_be_undone(tmp_path: Path) -> None:
    other = [{"id": "GB-COH-9", "name": "The Village Hall"}]
    path = written(tmp_path / "g.json", [grant(), grant(id="360G-test-2", recipientOrganization=other)])
    chosen = Decisions(tmp_path / "decisions.csv")
    assert {fact.object for fact in funds(read(path))} == {"gb-chc-200", "gb-coh-9"}
    chosen.decide("GB-COH-9", "GB-CHC-200", Verdict.SAME, "the hall's own site says so")
    assert "the hall's own site says so" in chosen.path.read_text()
    found = read(path)
    assert {fact.object for fact in funds(found)} == {"gb-chc-200"}
    hall = next(entity for entity in found.entities() if entity.id == "gb-chc-200")
    assert (hall.name, hall.aliases) == ("Village Hall Ltd", ("The Village Hall",))
    chosen.undo("GB-CHC-200", "GB-COH-9")
    assert {fact.object for fact in funds(read(path))} == {"gb-chc-200", "gb-coh-9"}
    chosen.decide("GB-CHC-100", "GB-CHC-200", Verdict.SAME, "")
    chosen.decide("GB-CHC-200", "GB-CHC-300", Verdict.SAME, "")
    with pytest.raises(StartError, match="are different"):
        chosen.decide("GB-CHC-100", "GB-CHC-300", Verdict.DIFFERENT, "")


def test_people_do_not_become_part_of_the_graph(tmp_path: Path) -> None:
    person = grant(
        id="360G-test-2", recipientOrganization=None, recipientIndividual={"id": "p1", "name": "Ann Example"}
    )
    found, report = checked(written(tmp_path / "g.json", [grant(), person]))
    assert (report.counts["awards"], report.counts["to_individuals"], len(funds(found))) == (1, 1, 1)
    assert "Ann Example" not in {entity.name for entity in found.entities()}


BAD: list[tuple[dict[str, Any], str]] = [
    (grant(amountAwarded=-5), "amountAwarded: -5 is negative"),
    (grant(amountAwarded=1e12), "more than any grant"),
    (grant(amountAwarded="lots"), "amountAwarded: "),
    (grant(awardDate="1900-01-01"), "awardDate: 1900-01-01 is what a spreadsheet makes of an empty cell"),
    (grant(awardDate="0201-05-05"), "awardDate: 0201-05-05 is before 1750"),
    (grant(awardDate="26/01/2021"), "awardDate: '26/01/2021' is not a day such as"),
    (grant(awardDate="2021-02-30"), "awardDate: '2021-02-30' is not a day"),
    (grant(currency="pounds"), "currency: "),
    (grant(currency=None), '"currency" is a required property'),
    (grant(recipientOrganization=None), "who received the grant?"),
    (grant(recipientOrganization=[{"id": "GB-CHC-1"}]), '"name" is a required property'),
    (grant(recipientOrganization=[{"id": " ", "name": "X"}]), "recipientOrganization/id: is empty"),
    (grant(recipientOrganization=[{"id": "N/A", "name": "X"}]), "recipientOrganization/id: 'N/A' is no identifier"),
    (grant(fundingOrganization=[{"id": "GB-CHC-1", "name": "#REF!"}]), "fundingOrganization/name: '#REF!' is no name"),
    (grant(fundingOrganization=[]), "fundingOrganization: "),
]


def test_every_fault_is_told_at_once_and_nothing_else_is_lost(tmp_path: Path) -> None:
    bad = [row | {"id": f"360G-bad-{i}"} for i, (row, _) in enumerate(BAD)]
    path = written(tmp_path / "g.json", [grant(), *bad, grant(title="The same id again")])
    with pytest.raises(BadRows) as caught:
        read(path)
    said = str(caught.value)
    for _, words in BAD:
        assert words in said
    assert "360G-test-1 stands at line 4 already" in said
    assert said.count("g.json:") == len(BAD) + 1
    found, report = checked(path, skip_bad=True)
    assert [fact.note for fact in funds(found)] == ["Roof & rafters"]
    assert len(report.left_out) == len(BAD) + 1


async def test_what_is_left_out_is_counted_by_grants(tmp_path: Path, store: Store) -> None:
    """Four bad grants on one line are four, and none of them is one that another import holds."""
    bad = [grant(id=f"360G-bad-{i}", awardDate="05/01/2024", amountAwarded=-1) for i in range(4)]
    (tmp_path / "g.json").write_text(json.dumps({"grants": [*bad, grant()]}))
    file = GrantFile(tmp_path / "g.json", "g", None, recorded=DAY, skip_bad=True)
    [[done]] = await run_each(store, [[file]], rehearse=True)
    counts = done.found.counts
    assert (counts["grants_left_out"], counts["held_by_other_imports"], counts["awards"]) == (4, 0, 1)
    assert "4 grants are left out" in " ".join(done.found.notes)
    assert len(done.found.left_out) == 8, "each has two faults"


def test_what_is_no_name_ties_nobody(tmp_path: Path) -> None:
    path = written(tmp_path / "g.json", [grant(grantProgramme=[{"title": "N/A"}])])
    assert [fact.programme for fact in funds(read(path))] == [None]


def test_cells_of_a_table_of_grants(tmp_path: Path) -> None:
    """A sum in another currency, a number that is none, an encoding and a delimiter: an error, or read and told."""

    def table(amount: str, delimiter: str = ",", encoding: str = "utf-8", name: str = "The Test Trust") -> Path:
        cells = [*CELLS[:4], amount, *CELLS[5:10], name, *CELLS[11:]]
        lines = [delimiter.join(f'"{cell}"' for cell in row) for row in (TITLES, cells)]
        (tmp_path / "g.csv").write_text("\n".join(lines) + "\n", encoding=encoding)
        return tmp_path / "g.csv"

    for wrong in ("€500", "1,2345", "1_000", "nan", "1e3", "12,34,567"):
        with pytest.raises(BadRows, match="amountAwarded"):
            read(table(wrong))
    found, report = checked(table("£1,500", ";", "cp1252", "Trust – north"))
    assert [fact.amount for fact in funds(found)] == [1500.0]
    assert "parted by semicolons" in report.notes[1]
    assert "read as Windows-1252" in report.notes[0]
    assert found.source.publisher == "Trust – north"


def test_a_formula_that_was_never_calculated(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(TITLES)
    book.active.append((*CELLS[:4], "=100*3", *CELLS[5:]))
    book.save(tmp_path / "g.xlsx")
    with pytest.raises(BadRows, match=r"g.xlsx:2: amountAwarded: the formula =100\*3 of cell E2 holds no value"):
        read(tmp_path / "g.xlsx")


def test_many_faults_are_told_by_kind(tmp_path: Path) -> None:
    """Two thousand faults are a few lines: how many of each kind, and the first with grant, place and path."""
    rows = [grant(id=f"360G-t-{i}", amountAwarded=-i - 1, awardDate=f"{i % 28 + 1}/01/2024") for i in range(1000)]
    path = written(tmp_path / "g.json", [*rows, grant(id="360G-t-x", currency="pounds")])
    with pytest.raises(BadRows) as caught:
        read(path)
    said = str(caught.value).splitlines()
    assert len(said) == 10
    assert said[0] == "2,001 faults of 3 kinds:"
    assert said.count("    and 997 more like the last") == 2
    assert any("g.json:4: amountAwarded: -1 is negative (grant 360G-t-0)" in line for line in said)
    assert any("currency" in line and "(grant 360G-t-x)" in line for line in said)
    assert len(caught.value.errors) == 2001, "whoever asks for all of them has them"


def test_one_bad_among_ten_thousand(tmp_path: Path) -> None:
    rows = [grant(id=f"360G-test-{i}") for i in range(10_000)]
    rows[6_000]["amountAwarded"] = -1
    path = written(tmp_path / "g.json", rows)
    with pytest.raises(BadRows, match=r"g\.json:\d+: amountAwarded: -1 is negative"):
        read(path)
    rows[6_000]["amountAwarded"] = 1
    assert len(funds(read(written(path, rows)))) == 10_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"grants": [{"id": 1}', r"g.json:1: no JSON at column 22: a comma, or the end"),
        (b'{"grants": [\n{"id": "a" "title": 1}]}', r"g.json:2: no JSON at column 12"),
        (b'{"grants": [{"id": NaN}]}', "NaN is no number"),
        (b'{"grants": [1]}', "an object was expected"),
        (b'{"grants": []} x', "something stands after the end"),
        (b'{"grants": []}', "holds no grant"),
        (b'{"people": []}', 'no array "grants"'),
        (b"", "an object with the array"),
        (b'{"grants": "none"}', 'no array "grants"'),
        ('{"grants": [{"id": "£"}]}'.encode("latin-1"), "g.json:1 is not UTF-8"),
        (b"[" * 100_000, "nested too deeply|an object was expected|no JSON"),
    ],
)
def test_files_that_are_no_such_file(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "g.json").write_bytes(content)
    with pytest.raises((StartError, BadRows), match=said):
        read(tmp_path / "g.json")


def test_a_byte_order_mark_and_long_files_are_read(tmp_path: Path) -> None:
    rows = [grant(id=f"360G-test-{i}", description="ä" * 3000) for i in range(1000)]
    found = read(written(tmp_path / "g.json", rows, encoding="utf-8-sig"))
    assert len(funds(found)) == 1000
    content = (tmp_path / "g.json").read_text(encoding="utf-8-sig")
    assert all(content[fact.start :].startswith(fact.quote) for fact in funds(found)[::97])


async def test_a_file_that_changes_meanwhile_leaves_nothing(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path / "g.json", [grant()])
    found = read(path)
    written(path, [grant(title="Another")])
    before = await store.revision()
    with pytest.raises(StartError, match="changed while it was read"):
        await load_streams(store, {"test-grants": lambda: (found.entities(), found.facts())})
    assert await store.revision() == before


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="the open grants are not beside the checkout")
async def test_real_grants_go_in_and_out(tmp_path: Path, store: Store) -> None:
    before = (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows
    paths = {path.stem: path for path in sorted(SHARED.glob("a*.json"))}
    try:
        for name, path in paths.items():
            schema = SHARED / "360-giving-package-schema.json"
            file = GrantFile(path, name, tmp_path / "d.csv", recorded=DAY, schema=schema)
            [[done]] = await run_each(store, [[file]])
            assert done.changes.facts.added > done.found.counts["awards"] > 400
            [[repeated]] = await run_each(store, [[file]])
            again = repeated.changes
            assert (again.entities.added, again.facts.added, again.facts.changed, again.facts.removed) == (0, 0, 0, 0)
            given = sum(row["amountAwarded"] for row in json.loads(path.read_text())["grants"])
            total = await store.read("MATCH ()-[f:FUNDS {source: $s}]->() RETURN sum(f.amount)", {"s": name})
            assert total.rows == [[float(given)]]
        shared = await store.read(
            "MATCH (a)-[:FUNDS]->(b)<-[:FUNDS]-(c) WHERE b.org_id = 'GB-CHC-1151872' AND a.id < c.id "
            "RETURN DISTINCT a.name, c.name"
        )
        assert shared.rows == [["A B Charitable Trust", "Andrew Lloyd Webber Foundation"]]
        kept = (await load(store, Seeds((), (), ()), "ab-charitable-trust")).kept
        assert "gb-chc-1151872" in kept, "the other import needs it, and has it now"
    finally:
        for name in paths:
            await load(store, Seeds((), (), ()), name)
    assert (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows == before
