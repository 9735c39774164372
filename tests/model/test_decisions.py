"""Of what people decided about a fact, what came last holds."""

from __future__ import annotations

from datetime import date

import pytest

from service.model import properties
from service.model.decisions import Standing, Verdict, laid_over, standings
from service.model.facts import Seeds
from service.model.schema import FACT_PROPERTIES

DISPUTE, KEEP, WITHDRAW = Verdict.DISPUTE, Verdict.KEEP, Verdict.WITHDRAW


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        ([DISPUTE], Standing(disputed=date(2020, 1, 1))),
        ([DISPUTE, DISPUTE], Standing(disputed=date(2020, 1, 1))),
        ([DISPUTE, KEEP], Standing()),
        ([DISPUTE, KEEP, DISPUTE], Standing(disputed=date(2020, 1, 3))),
        ([DISPUTE, WITHDRAW], Standing(withdrawn=date(2020, 1, 2))),
        ([WITHDRAW, WITHDRAW], Standing(withdrawn=date(2020, 1, 1))),
        ([WITHDRAW, KEEP], Standing()),
        ([WITHDRAW, DISPUTE], Standing(disputed=date(2020, 1, 2), withdrawn=date(2020, 1, 1))),
    ],
)
def test_what_decisions_make_of_a_fact(verdicts: list[Verdict], standing: Standing) -> None:
    decided = [("f-1", verdict, date(2020, 1, day)) for day, verdict in enumerate(verdicts, 1)]
    assert standings([("f-2", KEEP, date(2019, 1, 1)), *decided])["f-1"] == standing


def test_a_fact_without_a_decision_is_as_it_was(seeds: Seeds) -> None:
    fact = seeds.facts[0]
    assert laid_over(fact, {}) is fact
    assert laid_over(fact, {fact.id: Standing(disputed=date(2020, 1, 1))}).disputed == date(2020, 1, 1)


def test_a_new_property_changes_no_checksum_where_it_is_absent(seeds: Seeds, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the first load by a new release would write every fact of a graph anew."""
    now = [properties.edge_properties(fact, "seeds")["checksum"] for fact in seeds.facts]
    earlier = tuple(each for each in FACT_PROPERTIES if each.name not in {"disputed", "withdrawn"})
    monkeypatch.setattr(properties, "FACT_PROPERTIES", earlier)
    assert [properties.edge_properties(fact, "seeds")["checksum"] for fact in seeds.facts] == now
