"""What is drafted of the made-up documents whose facts are written down, and what never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.drafts import FIRST, Result, measure, read_labels
from service.documents.drafting.known import KnownNames

DATA = Path(__file__).parent / "data"
LABELS = read_labels(DATA)
DOCS = sorted({gold.doc[:2] for gold in LABELS.gold})


@pytest.fixture(scope="module", params=["first writer", "second writer"])
def result(request: pytest.FixtureRequest) -> Result:
    docs = [doc for doc in DOCS if (doc in FIRST) == (request.param == "first writer")]
    return measure(DATA, docs, LABELS, KnownNames.of(()))


def test_every_quote_is_exact(result: Result) -> None:
    assert result.quotes == sum(count.drafts for count in result.by_kind.values()) > 100


def test_nothing_forbidden_is_drafted_as_actual(result: Result) -> None:
    assert result.forbidden == []


def test_no_person_is_an_entity(result: Result) -> None:
    assert result.persons == []


@pytest.mark.parametrize(
    ("kind", "precision", "recall"), [("list", 0.95, 0.6), ("table", 0.95, 0.95), ("prose", 0.75, 0.3)]
)
def test_precision_and_recall(result: Result, kind: str, precision: float, recall: float) -> None:
    """A floor beneath what bench/drafts.py measures, so that a rule that spoils another is seen."""
    assert result.by_kind[kind].precision >= precision
    assert result.by_kind[kind].recall >= recall
