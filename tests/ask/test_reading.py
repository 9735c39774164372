"""A question is read as a frame, whatever is typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from service.ask.frame import ANSWERS, FAMILIES, KINDS, RELATIONS, STATUSES
from service.ask.names import KnownNames, NameKind
from service.ask.reader import MOST_JOINTS, MOST_NAMES, WEIGHTS, Reader, shipped_reader, shipped_weights
from service.ask.tokens import MOST_CHARACTERS, MOST_TOKENS, cleaned, stem, tokens
from service.ask.training.labelled import read_labelled, trained_from
from service.sources.validate import read_seeds
from tests.waiting import LONG

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return shipped_reader(read_seeds(ROOT / "seeds").entities)


def test_a_question_becomes_a_frame(reader: Reader) -> None:
    frame = reader.read("How much did the Home Office give to the Gosport pilot in 2010?")
    assert (frame.family, frame.answer, frame.relation, frame.year) == ("money", "how_much", "FUNDS", "2010")
    assert frame.slots == ("Home Office", "Gosport pilot")
    assert frame.parts == ()
    assert 0.5 < frame.confidence <= 1
    assert frame.second != frame.family


def test_a_compound_question_is_split_and_its_name_carried_over(reader: Reader) -> None:
    frame = reader.read("Who funds UP2U and when did it start?")
    assert (frame.family, frame.answer) == ("money", "who")
    assert frame.parts == ("Who funds UP2U?", "when did UP2U start?")


def test_the_letters_of_a_name_stay_as_typed(reader: Reader) -> None:
    assert reader.read("partners of wincheser city council").slots == ("wincheser city council",)


def test_it_is_not_the_department_of_computers(reader: Reader) -> None:
    assert reader.read("When did it start?").slots == ()


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \t ",
        "42",
        "?!",
        "🙂🙂🙂",
        "Кто финансирует это?",
        "谁资助了它",
        "who funds this " * 700,
        "x" * (MOST_CHARACTERS + 1),
        "a " * (MOST_TOKENS + 1),
        "and " * 40,
        ", ".join(["Kent"] * 40),
        " and ".join(f"who funds Project{number}" for number in range(40)),
    ],
)
def test_what_cannot_be_a_question_has_no_family_and_no_confidence(question: str, reader: Reader) -> None:
    frame = reader.read(question)
    assert (frame.family, frame.confidence, frame.slots, frame.parts) == ("none", 0.0, (), ())
    assert frame.question == question


@pytest.mark.parametrize(
    "question", ["the of it", "and", "\x00\x01\x1b[31m", "<script>alert(1)</script>", "MATCH (n) DETACH DELETE n"]
)
def test_what_asks_nothing_has_no_family(question: str, reader: Reader) -> None:
    assert reader.read(question).family == "none"


@pytest.mark.parametrize("spoilt", ["who\x00 leads\x1b UP2U", "who leads UP2U 🙂", "who\u200b leads\u202e UP2U"])
def test_signs_between_words_change_nothing_of_what_is_asked(spoilt: str, reader: Reader) -> None:
    frame = reader.read(spoilt)
    assert (frame.family, frame.relation, frame.slots) == ("who", "LEADS", ("UP2U",))


def test_every_labelled_question_gets_labels_that_exist_and_words_that_were_typed(reader: Reader) -> None:
    for row in read_labelled()[::7]:
        frame, text = reader.read(row.question), cleaned(row.question)
        assert frame.family in FAMILIES
        assert frame.second in FAMILIES
        assert frame.answer in ANSWERS
        assert frame.relation in ("", *RELATIONS)
        assert frame.kind in ("", *KINDS)
        assert frame.status in ("", *STATUSES)
        assert all(name and name in text for name in (*frame.slots, frame.year) if name)
        assert len(frame.slots) <= MOST_NAMES
        assert len(frame.parts) in (0, 2, 3)


def test_the_weights_are_those_of_the_questions_and_lexicon_beside_them() -> None:
    assert str(shipped_weights()["trained_from"]) == trained_from(), "run `make train`"
    assert WEIGHTS.stat().st_size < 2_000_000
    reader, rows = Reader(shipped_weights(), KnownNames([])), read_labelled()[::5]
    right = sum(reader.read(row.question).family == row.family for row in rows)
    assert right > 0.9 * len(rows), "the features are not those that the weights were trained with: run `make train`"


def test_known_names_are_the_longest_that_stand_there() -> None:
    known = KnownNames([("Kent", NameKind.BODY), ("Kent Police", NameKind.BODY), ("The Hub", NameKind.BUILDING)])
    assert known.marks(tokens("does kent police use the hub")) == ["", "B", "I", "", "", "B"]
    assert known.kind(tokens("the hub")[1:]) == NameKind.BUILDING


def test_stems_bring_the_forms_of_a_word_together() -> None:
    assert len({stem(word) for word in ("fund", "funds", "funded", "funding")}) == 1
    assert len({stem(word) for word in ("partner", "partners", "partnered", "partnering")}) == 1
    assert stem("bus") != stem("bu")


def test_read_prints_a_frame_a_line_in_order_without_a_database() -> None:
    typed = b"Who funds UP2U and when did it start?\r\n\nwho leads \xff\x00the H3 partnership\n" + b"and " * 3000
    done = subprocess.run(
        [sys.executable, "-m", "service", "ask", "--read"],
        input=typed,
        cwd=ROOT,
        env={"PATH": "", "NEO4J_URI": "bolt://127.0.0.1:1"},
        capture_output=True,
        timeout=LONG,
        check=True,
    )
    frames = [json.loads(line) for line in done.stdout.splitlines()]
    assert [frame["question"][:9] for frame in frames] == ["Who funds", "", "who leads", "and and a"]
    assert [frame["family"] for frame in frames] == ["money", "none", "who", "none"]
    fields = ["question", "family", "answer", "relation", "kind", "slots", "year", "status", "parts", "confidence"]
    assert list(frames[0]) == [*fields, "second"]
    assert frames[0]["parts"] == ["Who funds UP2U?", "when did UP2U start?"]
    assert frames[0]["second"]["family"] in FAMILIES
    assert (frames[1]["slots"], frames[1]["year"], frames[1]["parts"]) == ([], "", [])


def test_a_question_may_have_this_many_joints_and_no_more(reader: Reader) -> None:
    assert reader.read("what happened" + " and" * MOST_JOINTS + " then").confidence > 0
    assert reader.read("what happened" + " and" * (MOST_JOINTS + 1) + " then").confidence == 0
