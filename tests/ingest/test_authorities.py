"""The register of authorities: bodies recognised and not doubled, lifetimes, successors, and bad rows told all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.errors import StartError
from service.graph.load import load
from service.graph.store import Store
from service.identity.bodies import KnownEntity
from service.identity.names import Names
from service.ingest.authorities import COLUMNS, SOURCE, AuthorityRegister
from service.ingest.importer import Held, Match, Report
from service.model.facts import Entity, Fact, Seeds
from service.model.rows import BadRows
from service.operations.imports import run_each

SHARED = Path(__file__).resolve().parents[2].parent / "shared/data/local-authorities/uk_local_authorities.csv"
DAY = date(2025, 7, 31)
WINCHESTER = KnownEntity(
    *("winchester-city-council", "Winchester City Council", "Authority"),
    ("winchester city council",),
    gss_code="E07000094",
)


@dataclass(frozen=True)
class Read:
    report: Report
    entities: list[Entity]
    facts: list[Fact]


def read_authorities(path: Path) -> Read:
    register = AuthorityRegister(path, DAY)
    report = register.check(Held((), [WINCHESTER]))
    return Read(report, list(register.entities()), list(register.facts()))


def row(**given: str) -> dict[str, str]:
    plain = {"local-authority-type": "NMD", "nation": "England", "region": "South East"}
    return dict.fromkeys(COLUMNS, "") | plain | {key.replace("_", "-"): value for key, value in given.items()}


ROWS = [
    row(
        local_authority_code="WIN",
        official_name="Winchester City Council",
        nice_name="Winchester",
        gss_code="E07000094",
        county_la="HAM",
    ),
    row(
        local_authority_code="HAM",
        official_name="Hampshire County Council",
        nice_name="Hampshire",
        gss_code="E10000014",
        local_authority_type="CTY",
    ),
    row(
        local_authority_code="OLD",
        official_name="Oldshire District Council",
        nice_name="Oldshire",
        gss_code="E07000999",
        end_date="2019-04-01",
        replaced_by="NEW",
        county_la="HAM",
    ),
    row(
        local_authority_code="NEW",
        official_name="Newshire Council",
        nice_name="Newshire",
        gss_code="E06000999",
        start_date="2019-04-01",
        local_authority_type="UA",
        combined_authority="JOIN",
    ),
    row(
        local_authority_code="JOIN",
        official_name="Joint Combined Authority",
        nice_name="Joint",
        local_authority_type="COMB",
    ),
]


def written(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    lines = [",".join(COLUMNS), *(",".join(each[name] for name in COLUMNS) for each in rows)]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def read(tmp_path: Path, rows: list[dict[str, str]] = ROWS, **more: Any) -> Read:
    return read_authorities(written(tmp_path / "la.csv", rows, **more))


def test_a_body_that_is_there_is_recognised(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.report.matched == (Match("Winchester City Council", "winchester-city-council", "code and name"),)
    assert "winchester-city-council" not in {entity.id for entity in found.entities}
    assert any(fact.subject == "winchester-city-council" for fact in found.facts)


def test_a_code_alone_makes_no_one_the_same(tmp_path: Path) -> None:
    other = row(local_authority_code="XXX", official_name="Winton Council", nice_name="Winton", gss_code="E07000094")
    found = read(tmp_path, [other])
    assert found.report.matched == ()
    assert "winton-council" in {entity.id for entity in found.entities}
    assert "stay apart" in found.report.review[0]


def test_facts_have_their_row_as_quote(tmp_path: Path) -> None:
    found = read(tmp_path)
    content = (tmp_path / "la.csv").read_text()
    facts = {(f.subject, f.relation, f.object): f for f in found.facts}
    assert set(facts) == {
        ("winchester-city-council", "MEMBER_OF", "local-authorities-of-ham"),
        ("oldshire-district-council", "MEMBER_OF", "local-authorities-of-ham"),
        ("oldshire-district-council", "PRECEDES", "newshire-council"),
        ("newshire-council", "MEMBER_OF", "joint-combined-authority"),
    }
    for fact in facts.values():
        assert content[fact.start : fact.start + len(fact.quote)] == fact.quote
        assert content.splitlines()[fact.line - 1] == fact.quote
        assert fact.basis == "register"


def test_an_end_on_which_a_successor_begins_is_the_day_before(tmp_path: Path) -> None:
    found = read(tmp_path)
    old = next(entity for entity in found.entities if entity.id == "oldshire-district-council")
    assert old.get("end") == "2019-03-31"
    membership = next(f for f in found.facts if f.subject == old.id and f.relation == "MEMBER_OF")
    assert membership.holds_until == date(2019, 3, 31)


def test_every_bad_row_is_told_at_once(tmp_path: Path) -> None:
    bad = [
        *ROWS,
        row(local_authority_code="WIN", official_name="Twice"),
        row(local_authority_code="", official_name="Nameless code"),
        row(local_authority_code="D1", official_name="Bad day", start_date="01/04/2019"),
        row(local_authority_code="D2", official_name="Backwards", start_date="2019-04-01", end_date="2018-01-01"),
        row(local_authority_code="D3", official_name="", local_authority_type="XYZ"),
        row(local_authority_code="D4", official_name="Lost", replaced_by="NOPE"),
    ]
    with pytest.raises(BadRows) as caught:
        read(tmp_path, bad)
    said = str(caught.value)
    for line, words in (
        *(
            (7, "WIN stands at line 2 already"),
            (8, "local-authority-code: is missing"),
            (9, "'01/04/2019' is not a day"),
        ),
        *((10, "is before the start"), (11, "official-name: is missing"), (11, "'XYZ' is not one of")),
        (12, "no row has the code 'NOPE'"),
    ):
        assert f"la.csv:{line}: " in said
        assert words in said


def test_files_that_are_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="cannot be read"):
        read_authorities(tmp_path / "nowhere.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(StartError, match="has no column local-authority-code"):
        read_authorities(tmp_path / "other.csv")
    (tmp_path / "latin.csv").write_bytes((",".join(COLUMNS) + "\nCaf\xe9\n").encode("latin-1"))
    with pytest.raises(StartError, match=r"latin.csv:2 is not UTF-8"):
        read_authorities(tmp_path / "latin.csv")
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(StartError, match="has no column"):
        read_authorities(tmp_path / "empty.csv")
    assert len(read(tmp_path, encoding="utf-8-sig").facts) == 4, "a byte order mark is no part of a name"


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="the open register is not beside the checkout")
async def test_the_real_register_goes_in_and_out(store: Store, seeds: Seeds) -> None:
    before = (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows
    register = AuthorityRegister(SHARED, DAY)
    [[rehearsed]] = await run_each(store, [[register]], rehearse=True)
    assert {match.how for match in rehearsed.found.matched} == {"code and name"}
    assert len(rehearsed.found.matched) == 15, "the authorities of Hampshire and the Isle of Wight are there already"
    assert (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows == before
    [[done]] = await run_each(store, [[register]])
    try:
        assert (done.changes, done.found) == (rehearsed.changes, rehearsed.found)
        [[repeated]] = await run_each(store, [[register]])
        again = repeated.changes
        assert (again.entities.added, again.facts.added, again.facts.changed, again.facts.removed) == (0, 0, 0, 0)
        names, revision = Names(store, ()), await store.revision()
        assert (await names.resolve("Winchester", revision)).id == "winchester-city-council"
        assert (await names.resolve("Dorset", revision)).id == "dorset-council", "the Dorset of today"
        old = await names.resolve("Dorset County Council", revision)
        assert old.fate() == "Dorset County Council ended on 2019-03-31; it was succeeded by Dorset Council."
    finally:
        await load(store, Seeds((), (), ()), SOURCE)
    assert (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows == before
