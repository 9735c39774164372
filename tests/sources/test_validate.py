"""Bad seeds: each is found, at its line, with what to do, and all of them at once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from service.errors import (
    BadValue,
    DuplicateEntity,
    LocatedError,
    QuoteNotFound,
    SeedErrors,
    SourceChanged,
    UnknownEntity,
    UnknownRelation,
)
from service.sources.validate import read_seeds

TEXT = "Alder Council funds the Birch project with £5.\nBoth share\u00a0audit. Both share\u00a0audit.\n“Maybe” Cedar would join.\n"

ENTITIES = """\
- {id: alder, kind: Authority, name: Alder Council, aliases: [Alder]}
- {id: birch, kind: Programme, name: Birch project}
- {id: cedar, kind: Agency, name: Cedar}
- {id: audit, kind: SharedService, name: audit}
- {id: saved, kind: Outcome, name: saved, measure: saving, amount: 5, unit: GBP}
"""

FACTS = """\
source:
  id: paper
  title: A paper
  date: 2012-05
  file: sources/paper.txt
  sha256: {sha}
says:
- quote: "Alder Council funds the Birch project with £5."
  facts:
  - {{subject: alder, relation: FUNDS, object: birch, amount: 5, currency: GBP}}
- quote: "“Maybe” Cedar would join."
  facts:
  - {{subject: cedar, relation: TAKES_PART_IN, object: birch, modality: hypothetical}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources").mkdir()
    (tmp_path / "facts").mkdir()
    (tmp_path / "sources/paper.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "entities.yaml").write_text(ENTITIES, encoding="utf-8")
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    (tmp_path / "facts/paper.yaml").write_text(FACTS.format(sha=sha), encoding="utf-8")
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


def errors(folder: Path) -> tuple[LocatedError, ...]:
    with pytest.raises(SeedErrors) as caught:
        read_seeds(folder)
    return caught.value.errors


def one(folder: Path) -> LocatedError:
    (error,) = errors(folder)
    return error


Edit = Callable[[str, str, str], None]


def test_good_seeds_are_read(folder: Path) -> None:
    seeds = read_seeds(folder)
    assert [(f.subject, f.relation, f.object, f.line) for f in seeds.facts] == [
        ("alder", "FUNDS", "birch", 1),
        ("cedar", "TAKES_PART_IN", "birch", 3),
    ]
    for fact in seeds.facts:
        assert TEXT[fact.start : fact.end] == fact.quote


def test_a_quote_off_by_one_space(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "funds the Birch", "funds  the Birch")
    error = one(folder)
    assert isinstance(error, QuoteNotFound)
    assert (error.file, error.line) == ("facts/paper.yaml", 10)
    assert "has ' ' (SPACE), the source has 't'" in error.detail


def test_a_space_for_a_no_break_space(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "“Maybe” Cedar would join.", "Both share audit.")
    assert "(NO-BREAK SPACE)" in one(folder).detail


def test_a_quote_that_stands_twice_must_name_its_line(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "“Maybe” Cedar would join.", "Both share\\_audit.")
    assert "say which with `line:`" in one(folder).detail


def test_a_quote_at_another_line(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", 'join."\n', 'join."\n  line: 1\n')
    assert "stands at line 3" in one(folder).detail


def test_a_source_that_changed(folder: Path) -> None:
    (folder / "sources/paper.txt").write_text(TEXT + " ", encoding="utf-8")
    error = one(folder)
    assert isinstance(error, SourceChanged)
    assert "changed after its facts were written" in error.detail


def test_an_unknown_entity(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "subject: cedar", "subject: ceder")
    error = one(folder)
    assert isinstance(error, UnknownEntity)
    assert "did you mean 'cedar'?" in error.detail
    assert error.line == 13


def test_an_unknown_relation(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "FUNDS", "FUND")
    error = one(folder)
    assert isinstance(error, UnknownRelation)
    assert "did you mean 'FUNDS'?" in error.detail


def test_an_unknown_kind(folder: Path, edit: Edit) -> None:
    edit("entities.yaml", "kind: Agency", "kind: Agancy")
    assert "did you mean 'Agency'?" in errors(folder)[0].detail


def test_a_relation_between_the_wrong_kinds(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "object: birch, modality", "object: audit, modality")
    assert "TAKES_PART_IN does not go to a SharedService (audit), only to Programme" in one(folder).detail


def test_two_entities_claiming_one_alias(folder: Path, edit: Edit) -> None:
    edit("entities.yaml", "name: Cedar}", "name: Cedar, aliases: [the ALDER]}")
    error = one(folder)
    assert isinstance(error, DuplicateEntity)
    assert "claimed by cedar and by alder (line 1)" in error.detail


def test_a_name_may_be_shared_on_purpose(folder: Path, edit: Edit) -> None:
    edit("entities.yaml", "aliases: [Alder]", "shared: [Alder]")
    edit("entities.yaml", "name: Cedar}", "name: Cedar, shared: [Alder]}")
    assert len(read_seeds(folder).entities) == 6


def test_one_id_twice(folder: Path) -> None:
    with (folder / "entities.yaml").open("a") as file:
        file.write("- {id: alder, kind: Agency, name: Another}\n")
    assert "already that of the entry at line 1" in one(folder).detail


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2014-02-30", "not in the calendar"),
        ("2014-13", "not in the calendar"),
        ("2014-00", "not in the calendar"),
        ("2014-10-00", "not in the calendar"),
        ("soon", "not a date"),
    ],
)
def test_a_date_that_is_none(folder: Path, edit: Edit, date: str, said: str) -> None:
    edit("facts/paper.yaml", "modality: hypothetical", f"valid_from: {date}")
    assert said in one(folder).detail


def test_a_validity_that_ends_before_it_begins(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "modality: hypothetical", "valid_from: 2014, valid_until: 2013")
    assert "before valid_from" in one(folder).detail


def test_an_amount_without_currency(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "amount: 5, currency: GBP", "amount: 5")
    assert "has no currency" in one(folder).detail


@pytest.mark.parametrize("amount", ["-5", ".nan", ".inf", "five", "1e99"])
def test_an_amount_that_cannot_be(folder: Path, edit: Edit, amount: str) -> None:
    edit("facts/paper.yaml", "amount: 5", f"amount: {amount}")
    assert isinstance(one(folder), BadValue)


def test_an_implied_fact_says_why(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "modality: hypothetical", "basis: implied")
    assert "needs a note" in one(folder).detail


def test_yaml_that_does_not_parse(folder: Path) -> None:
    (folder / "entities.yaml").write_text("- {id: alder, kind: [\n", encoding="utf-8")
    found = errors(folder)
    assert found[0].file == "entities.yaml"
    assert "not YAML" in found[0].detail


def test_a_key_that_stands_twice(folder: Path, edit: Edit) -> None:
    edit("entities.yaml", "id: cedar,", "id: cedar, id: cedar,")
    assert any("stands twice" in error.detail for error in errors(folder))


def test_a_file_that_is_not_utf8(folder: Path) -> None:
    (folder / "entities.yaml").write_bytes(b"- {id: caf\xe9}\n")
    assert any("not UTF-8 at byte 10" in error.detail for error in errors(folder))


def test_an_unknown_key(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "modality: hypothetical", "modalty: hypothetical")
    assert "did you mean 'modality'?" in one(folder).detail


def test_the_same_fact_twice(folder: Path, edit: Edit) -> None:
    fact = "  - {subject: cedar, relation: TAKES_PART_IN, object: birch, modality: hypothetical}\n"
    edit("facts/paper.yaml", fact, fact * 2)
    assert "stands twice with the same quote" in one(folder).detail


def test_joint_facts_give_one_sum(folder: Path, edit: Edit) -> None:
    edit(
        "facts/paper.yaml",
        "amount: 5, currency: GBP}",
        "amount: 5, currency: GBP, joint: pot}\n  - {subject: cedar, relation: FUNDS, object: birch, amount: 6, currency: GBP, joint: pot}",
    )
    assert "give different sums" in one(folder).detail


def test_all_errors_at_once_in_the_order_of_their_lines(folder: Path, edit: Edit) -> None:
    edit("facts/paper.yaml", "FUNDS", "FUND")
    edit("facts/paper.yaml", "subject: cedar", "subject: ceder")
    edit("entities.yaml", "kind: SharedService", "kind: Service")
    assert [error.file for error in errors(folder)] == ["entities.yaml", "facts/paper.yaml", "facts/paper.yaml"]


def test_ids_do_not_depend_on_order_or_notes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    before = {fact.id for fact in read_seeds(folder).facts}
    other = tmp_path_factory.mktemp("other") / "seeds"
    shutil.copytree(folder, other)
    head, says = (other / "facts/paper.yaml").read_text().split("says:\n")
    first, second = says.split("- quote:")[1:]
    turned = f"{head}says:\n- quote:{second}- quote:{first}".replace(
        "modality: hypothetical", "modality: planned, note: hm"
    )
    (other / "facts/paper.yaml").write_text(turned)
    (other / "entities.yaml").write_text("".join(reversed(ENTITIES.splitlines(keepends=True))))
    assert {fact.id for fact in read_seeds(other).facts} == before


def test_an_empty_folder(tmp_path: Path) -> None:
    assert "entities.yaml" in errors(tmp_path)[0].file


def test_only_a_body_can_stand_for_one_that_is_not_named(folder: Path, edit: Edit) -> None:
    edit("entities.yaml", "kind: Outcome, name: saved,", "kind: Outcome, named: false, name: saved,")
    assert "is for a body that the source does not name" in one(folder).detail
