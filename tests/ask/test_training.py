"""What is trained is what the mathematics says, and the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from service.ask.linear import hashes, probabilities
from service.ask.tagger import IN_NAME, NAME, OUT, START, TAGS, YEAR, best_path, spans
from service.ask.training.crf import train_tagger
from service.ask.training.labelled import COLUMNS, gold_tags, read_file, read_labelled
from service.ask.training.logistic import train_linear
from service.ask.training.train import train
from service.errors import BadValue

HEADER = "\t".join(COLUMNS)


def test_the_same_questions_give_the_same_bits() -> None:
    rows = read_labelled()[::23]
    first, second = train(rows), train(rows)
    assert first.keys() == second.keys()
    for name, array in first.items():
        assert array.dtype == second[name].dtype
        assert array.tobytes() == second[name].tobytes(), name


def test_the_best_path_is_the_best_of_all_paths() -> None:
    random = np.random.default_rng(7)
    for _ in range(20):
        emitted, transitions = random.normal(size=(4, len(TAGS))), random.normal(size=(len(TAGS) + 1, len(TAGS)))
        paths = product(range(len(TAGS)), repeat=4)

        def score(path: tuple[int, ...], emitted=emitted, transitions=transitions) -> float:
            steps = zip((START, *path), path, strict=False)
            return sum(emitted[at, tag] for at, tag in enumerate(path)) + sum(transitions[a, b] for a, b in steps)

        assert tuple(best_path(emitted, transitions)) == max(paths, key=score)


def test_a_tagger_learns_the_tags_it_is_shown() -> None:
    rows = [
        ([["who"], ["funds"], ["Name"], ["name"]], [OUT, OUT, NAME, IN_NAME]),
        ([["Name"], ["since"], ["year"]], [NAME, OUT, YEAR]),
        ([["who"], ["since"], ["year"]], [OUT, OUT, YEAR]),
        ([["Name"], ["name"], ["name"], ["who"]], [NAME, IN_NAME, IN_NAME, OUT]),
    ]
    tagger = train_tagger(rows, strength=0.01, least=1)
    for features, tags in rows:
        begins = np.arange(len(features))
        emitted = tagger.emissions.each(hashes(feature for row in features for feature in row), begins)
        assert best_path(emitted, tagger.transitions.astype(float)) == tags
    assert tagger.transitions[OUT, IN_NAME] < -40


def test_logistic_regression_without_features_gives_the_frequencies() -> None:
    model = train_linear([["a"]] * 8, ["yes"] * 6 + ["no"] * 2, lambda _: 1.0, strength=1e6)
    likely = probabilities(model.scores(hashes(["unheard of"])))
    assert dict(zip(model.labels, np.round(likely, 2), strict=True)) == {"no": 0.25, "yes": 0.75}


def test_a_long_row_is_no_surer_than_a_short_one() -> None:
    rows, labels = [["a"], ["b"], ["a", "a2"], ["b", "b2"]] * 4, ["one", "two"] * 8

    def times(row: Sequence[str]) -> float:
        return 1 / len(row) ** 0.5

    model = train_linear(rows, labels, lambda _: 1.0, times=times, strength=0.01)
    for row, label in zip(rows, labels, strict=True):
        assert model.labels[int(model.scores(hashes(row), times(row)).argmax())] == label
    few, many = ["a", "b2"], ["a", "b2"] * 2
    once, twice = model.scores(hashes(few), times(few)), model.scores(hashes(many), times(many) / 2**0.5)
    assert once == pytest.approx(twice, abs=0.05)


def test_spans_are_what_begin_and_inside_mark() -> None:
    found = spans([OUT, NAME, IN_NAME, NAME, OUT, YEAR, YEAR + 1])
    assert found.names == ((1, 3), (3, 4))
    assert found.years == ((5, 7),)


def test_labels_stand_where_they_were_typed(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    path.write_text(f"{HEADER}\nwho led Kent in Kent County in 2010\twho\twho\tLEADS\t\tKent County | Kent\t2010\t\t\n")
    (row,) = read_file(path)
    assert gold_tags(row) == [OUT, OUT, NAME, OUT, NAME, IN_NAME, OUT, YEAR]
    assert row.writer == "one"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("who leads Kent\twhoo\twho\tLEADS\t\tKent\t\t\t", "one.tsv:2: 'whoo' is no family; known are partners, who"),
        ("who leads Kent\twho\twho\tRUNS\t\tKent\t\t\t", "one.tsv:2: 'RUNS' is no relation"),
        ("who leads Kent\twho\twho\tLEADS", "one.tsv:2: it has 4 columns"),
    ],
)
def test_a_wrong_label_is_named_with_its_file_and_line(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "one.tsv").write_text(f"{HEADER}\n{line}\n")
    with pytest.raises(BadValue) as raised:
        read_labelled(tmp_path)
    assert str(raised.value).startswith(says)


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.tsv").write_text("question\tanswer\nwho\twho\n")
    with pytest.raises(BadValue, match=r"one.tsv:1: its columns are question, answer"):
        read_labelled(tmp_path)
