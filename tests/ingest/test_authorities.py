"""The register of authorities: bodies recognised and not doubled, lifetimes, successors, and bad rows told all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.errors import StartError
from service.graph.cypher_files import text
from service.graph.load import load
from service.graph.store import Store
from service.identity.names import Names
from service.ingest.authorities import COLUMNS, SOURCE, Imported, Known, read_authorities
from service.ingest.readers.csv import BadRows
from service.model.facts import Seeds

SHARED = Path(__file__).resolve().parents[2].parent / "shared/data/local-authorities/uk_local_authorities.csv"
DAY = date(2025, 7, 31)
KNOWN = [Known("winchester-city-council", "Winchester City Council", "E07000094", ("winchester city council",))]


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


def read(tmp_path: Path, rows: list[dict[str, str]] = ROWS, **more: Any) -> Imported:
    return read_authorities(written(tmp_path / "la.csv", rows, **more), KNOWN, DAY)


def test_a_body_that_is_there_is_recognised(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.matched == (("Winchester City Council", "winchester-city-council", "code and name"),)
    assert "winchester-city-council" not in {entity.id for entity in found.seeds.entities}
    assert any(fact.subject == "winchester-city-council" for fact in found.seeds.facts)


def test_a_code_alone_makes_no_one_the_same(tmp_path: Path) -> None:
    other = row(local_authority_code="XXX", official_name="Winton Council", nice_name="Winton", gss_code="E07000094")
    found = read(tmp_path, [other])
    assert found.matched == ()
    assert "winton-council" in {entity.id for entity in found.seeds.entities}
    assert "stay apart" in found.review[0]


def test_facts_have_their_row_as_quote(tmp_path: Path) -> None:
    found = read(tmp_path)
    content = (tmp_path / "la.csv").read_text()
    facts = {(f.subject, f.relation, f.object): f for f in found.seeds.facts}
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
    old = next(entity for entity in found.seeds.entities if entity.id == "oldshire-district-council")
    assert old.get("end") == "2019-03-31"
    membership = next(f for f in found.seeds.facts if f.subject == old.id and f.relation == "MEMBER_OF")
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
        read_authorities(tmp_path / "nowhere.csv", KNOWN, DAY)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(StartError, match="has no column local-authority-code"):
        read_authorities(tmp_path / "other.csv", KNOWN, DAY)
    (tmp_path / "latin.csv").write_bytes((",".join(COLUMNS) + "\nCaf\xe9\n").encode("latin-1"))
    with pytest.raises(StartError, match=r"latin.csv:2 is not UTF-8"):
        read_authorities(tmp_path / "latin.csv", KNOWN, DAY)
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(StartError, match="has no column"):
        read_authorities(tmp_path / "empty.csv", KNOWN, DAY)
    assert len(read(tmp_path, encoding="utf-8-sig").seeds.facts) == 4, "a byte order mark is no part of a name"


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.exists(), reason="the open register is not beside the checkout")
async def test_the_real_register_goes_in_and_out(store: Store, seeds: Seeds) -> None:
    table = await store.read(text("service/known-authorities"), {"dataset": SOURCE}, limit=10_000)
    known = [Known(each[0], each[1], each[2], tuple(each[3] or ())) for each in table.rows]
    found = read_authorities(SHARED, known, DAY)
    assert {how for _, _, how in found.matched} == {"code and name"}
    assert len(found.matched) == 15, "the authorities of Hampshire and the Isle of Wight are there already"
    before = (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows
    rehearsed = await load(store, found.seeds, SOURCE, rehearse=True)
    assert (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows == before
    done = await load(store, found.seeds, SOURCE)
    try:
        assert done == rehearsed
        again = await load(store, found.seeds, SOURCE)
        assert (again.entities.added, again.facts.added, again.facts.changed, again.facts.removed) == (0, 0, 0, 0)
        names, revision = Names(store, ()), await store.revision()
        assert (await names.resolve("Winchester", revision)).id == "winchester-city-council"
        assert (await names.resolve("Dorset", revision)).id == "dorset-council", "the Dorset of today"
        old = await names.resolve("Dorset County Council", revision)
        assert old.fate() == "Dorset County Council ended on 2019-03-31; it was succeeded by Dorset Council."
    finally:
        await load(store, Seeds((), (), ()), SOURCE)
    assert (await store.read("MATCH (n) RETURN count(n), count { ()-->() }")).rows == before
