"""What a register says of beginnings, ends and successors holds the facts of the bodies that it names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from service.errors import SeedErrors
from service.sources.validate import read_seeds
from tests.sources.ended import REGISTER, write_ended


def test_no_tie_outlives_its_bodies(tmp_path: Path) -> None:
    facts = {(f.subject, f.relation): f for f in read_seeds(write_ended(tmp_path)).facts}
    uses = facts["old-ashford-council", "USES"]
    assert (uses.holds_from, uses.holds_until) == (date(2015, 6, 1), date(2019, 3, 31))
    joined = facts["ashbex-council", "MEMBER_OF"]
    assert joined.holds_from == date(2019, 4, 1), "a body of 2019 holds nothing in 2015, whatever a paper dates"


def test_succession_is_a_fact_with_its_row_as_quote(tmp_path: Path) -> None:
    facts = [f for f in read_seeds(write_ended(tmp_path)).facts if f.relation == "PRECEDES"]
    assert {(f.subject, f.object, f.basis.value) for f in facts} == {
        ("old-ashford-council", "ashbex-council", "register"),
        ("old-bexford-council", "ashbex-council", "register"),
    }
    assert all(f.quote in REGISTER and f.holds_until == date.max for f in facts)


def test_a_line_break_in_a_cell_moves_no_quote(tmp_path: Path) -> None:
    """A row may run over several lines; those after it still quote themselves, at the line on which they begin."""
    broken = REGISTER.replace("Old Ashford Council,district", '"Old Ashford\nCouncil",district')
    facts = [f for f in read_seeds(write_ended(tmp_path, broken)).facts if f.basis.value == "register"]
    assert len(facts) == 5
    for fact in facts:
        assert fact.quote.startswith(f"{fact.subject},"), "its own row"
        assert broken[fact.start : fact.end] == fact.quote
        assert broken[: fact.start].count("\n") + 1 == fact.line
    [ashford] = [f for f in facts if (f.subject, f.relation) == ("old-ashford-council", "PRECEDES")]
    assert ashford.quote.count("\n") == 1, "the whole of its row"


@pytest.mark.parametrize(
    ("row", "said"),
    [("a,b,c,d,e,f,g\n", "has 7 cells under 6 columns"), ('"open,b\n', "is no CSV")],
)
def test_a_register_that_is_no_table_is_an_error(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(SeedErrors, match=said):
        read_seeds(write_ended(tmp_path, REGISTER + row))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2019-04-01", "1 April 2019", "start: '1 April 2019' is not a date"),
        (",2019-03-31,ashbex-council\n", ",2019-03-31,ashbecks-council\n", "did you mean 'ashbex-council'?"),
    ],
)
def test_a_bad_row_is_an_error_at_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SeedErrors) as caught:
        read_seeds(write_ended(tmp_path, REGISTER.replace(old, new)))
    assert said in str(caught.value)
    assert "registers/weir.csv:" in str(caught.value)
