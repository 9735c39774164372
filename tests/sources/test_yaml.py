"""YAML as the seeds, mappings and scenarios use it: words stay words, and no small file stands for a large one."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import BadValue
from service.sources import parse
from service.sources.yaml_lines import read_yaml
from tests.sources.ended import write_ended


def read(tmp_path: Path, content: str, **how: bool) -> object:
    (tmp_path / "a.yaml").write_text(content, encoding="utf-8")
    return read_yaml(tmp_path / "a.yaml", "a.yaml", **how)


@pytest.mark.parametrize(
    "word", ["no", "No", "NO", "on", "off", "yes", "y", "n", "2014-10-03", "1_000", "12:30", "0x1G"]
)
def test_words_are_words(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"name: {word}") == {"name": word}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("5", 5), ("-5", -5), ("+7", 7)),
        *(("0123", 123), ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("-.inf", float("-inf"))),
        *(("'5'", "5"), ('"true"', "true"), ("!!str 5", "5"), ("! 5", "5"), ("|-\n  5", "5")),
    ],
)
def test_values_are_those_of_the_core_schema(tmp_path: Path, written: str, value: object) -> None:
    found = read(tmp_path, f"a: {written}\n")
    assert isinstance(found, dict)
    assert found["a"] == value
    assert type(found["a"]) is type(value)
    as_text = read(tmp_path, f"a: {written}\n", typed=False)
    assert isinstance(as_text, dict)
    assert isinstance(as_text["a"], str)


LAUGHS = "a: &a [ha, ha]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (LAUGHS, 2, "stands for something else"),
        ("a: &a\n  b: *a\n", 2, "aliases are not read"),
        ("a: 1\nb: " + "[" * 3000 + "]" * 3000, 2, "levels deep"),
        ("- " * 3000, 1, "levels deep"),
        ("a: " + "{b: " * 3000 + "1" + "}" * 3000, 1, "levels deep"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: !!python/object:os.system x", 1, "tag"),
        ("? [a, b]\n: c\n", 1, "a key must be"),
        ("a: 1\na: 2\n", 2, "stands twice"),
        ("a: [", 2, "not YAML"),
    ],
)
def test_what_is_not_read_is_an_error_at_its_line(tmp_path: Path, content: str, line: int | None, said: str) -> None:
    with pytest.raises(BadValue, match=said) as caught:
        read(tmp_path, content)
    assert line is None or caught.value.line == line


def test_lines_are_kept(tmp_path: Path) -> None:
    found = read(tmp_path, "a: 1\nb:\n- c: 2\n  d: 3\n")
    assert isinstance(found, dict)
    assert (found.line, found.lines, found["b"][0].line, found["b"][0].lines) == (
        1,
        {"a": 1, "b": 2},
        3,
        {"c": 3, "d": 4},
    )  # type: ignore[attr-defined]
    assert read(tmp_path, "# nothing\n") is None


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, seen = write_ended(tmp_path), list[str]()

    def counted(path: Path, name: str) -> object:
        seen.append(name)
        return read_yaml(path, name)

    monkeypatch.setattr(parse, "read_yaml", counted)
    assert parse.read_entries(folder).errors == []
    assert sorted(seen) == ["entities.yaml", "facts/paper.yaml", "registers/weir.yaml"]
