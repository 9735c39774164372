"""How well questions are read: labelled questions that the weights were not trained on, by family and by field.

    python bench/questions.py [--quick]

Three ways of keeping back, each with its own training: a tenth of five writers' questions drawn by their hash; one
writer (third); and each writer in turn. Nobody looked at the tenth or at third while the lexicon, the features and the
questions of variants.tsv and confusions.tsv were made; these two are always trained on and never tested. confusions.tsv
was written with errors on the other questions in view, so that leaving out one of their writers flatters.
Writes bench/results/questions.md and questions.json.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])

import argparse
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from service.ask.frame import FAMILIES, Frame
from service.ask.names import KnownNames, register_names
from service.ask.reader import Reader
from service.ask.training.labelled import Labelled, read_labelled
from service.ask.training.train import train

RESULTS = Path(__file__).parent / "results"
ALWAYS_TRAINED_ON = {"variants", "confusions"}
UNSEEN_WRITER = "third"


def bare(names: Iterable[str]) -> set[str]:
    return {name.casefold().removeprefix("the ") for name in names}


FIELDS: dict[str, Callable[[Labelled, Frame], bool]] = {
    "family": lambda row, frame: frame.family == row.family,
    "answer": lambda row, frame: frame.answer == row.answer,
    "relation": lambda row, frame: frame.relation == row.relation,
    "kind": lambda row, frame: frame.kind == row.kind,
    "slots": lambda row, frame: bare(frame.slots) == bare(row.slots),
    "year": lambda row, frame: frame.year.casefold() == row.year.casefold(),
    "status": lambda row, frame: frame.status == row.status,
    "how many parts": lambda row, frame: len(frame.parts) == len(row.parts),
}


@dataclass(frozen=True, slots=True)
class Split:
    name: str
    trained_on: list[Labelled]
    tested_on: list[Labelled]


def drawn(row: Labelled) -> bool:
    """Whether the question is one of the tenth."""
    return int(hashlib.sha256(row.question.encode()).hexdigest(), 16) % 10 == 0


def tuned_on(row: Labelled) -> bool:
    """Whether features and lexicon may be made with the question in view."""
    return row.writer in ALWAYS_TRAINED_ON or (row.writer != UNSEEN_WRITER and not drawn(row))


def split(name: str, rows: Sequence[Labelled], kept_back: Callable[[Labelled], bool]) -> Split:
    """What is kept back is tested; the rest is trained on, without questions that are the same but for case."""
    tested = [row for row in rows if kept_back(row) and row.writer not in ALWAYS_TRAINED_ON]
    same = {row.question.casefold() for row in tested}
    trained = [row for row in rows if not kept_back(row) and row.question.casefold() not in same]
    return Split(name, trained, tested)


def reader(rows: Sequence[Labelled]) -> Reader:
    return Reader(train(rows), KnownNames(register_names()))


def measured(rows: Sequence[Labelled], read: Reader) -> dict[str, Any]:
    start = time.perf_counter()
    frames = [read.read(row.question) for row in rows]
    milliseconds = (time.perf_counter() - start) * 1000 / len(rows)
    right = [
        {field: same(row, frame) for field, same in FIELDS.items()} for row, frame in zip(rows, frames, strict=True)
    ]
    pairs = list(zip(rows, frames, strict=True))
    compound = [(row, frame) for row, frame in pairs if row.parts or frame.parts]
    surer = sorted(pairs, key=lambda pair: -pair[1].confidence)[: len(pairs) // 2]
    return {
        "questions": len(rows),
        "family": share(each["family"] for each in right),
        "family in two": share(row.family in (frame.family, frame.second) for row, frame in pairs),
        "family, the surer half": share(row.family == frame.family for row, frame in surer),
        "whole frame": share(all(each.values()) for each in right),
        "fields": {field: share(each[field] for each in right) for field in FIELDS},
        "compound, both ways": share(bool(row.parts) == bool(frame.parts) for row, frame in compound),
        "families": {
            family: {
                "questions": sum(row.family == family for row in rows),
                "first": share(frame.family == family for row, frame in pairs if row.family == family),
                "in two": share(family in (frame.family, frame.second) for row, frame in pairs if row.family == family),
                "precision": share(row.family == family for row, frame in pairs if frame.family == family),
            }
            for family in FAMILIES
        },
        "milliseconds a question": round(milliseconds, 2),
    }


def share(true: Iterable[bool]) -> float | None:
    found = list(true)
    return round(100 * sum(found) / len(found), 1) if found else None


def table(results: dict[str, dict[str, Any]]) -> str:
    """The results as Markdown."""
    columns = list(results)
    rows = ["family", "family in two", "family, the surer half", "whole frame", "compound, both ways"]
    lines = [f"| % right | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns)]
    lines.append(f"| *questions* | {' | '.join(str(results[name]['questions']) for name in columns)} |")
    lines.append(f"| *trained on* | {' | '.join(str(results[name]['trained on']) for name in columns)} |")
    lines += [f"| {row} | {' | '.join(str(results[name][row]) for name in columns)} |" for row in rows]
    fields = [field for field in FIELDS if field != "family"]
    lines += [f"| {f} | {' | '.join(str(results[name]['fields'][f]) for name in columns)} |" for f in fields]
    times = " | ".join(str(results[name]["milliseconds a question"]) for name in columns)
    lines += [f"| *milliseconds a question* | {times} |", ""]
    for name in columns[:2]:
        lines += ["", f"## By family: {name}", "", "| family | questions | first | in two | of those read so, right |"]
        lines += ["|---|---:|---:|---:|---:|"]
        for family, each in results[name]["families"].items():
            lines.append(f"| {family} | {' | '.join(str(value) for value in each.values())} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out each writer in turn")
    quick = parser.parse_args().quick
    rows = read_labelled()
    written = [row for row in rows if row.writer not in ALWAYS_TRAINED_ON]
    both = split("both", rows, lambda row: not tuned_on(row))
    results: dict[str, dict[str, Any]] = {}
    begin = time.perf_counter()
    unseen = reader(both.trained_on)
    print(f"trained on {len(both.trained_on)} questions in {time.perf_counter() - begin:.0f} s", flush=True)
    for name, tested in (
        ("a tenth of five writers", [row for row in both.tested_on if row.writer != UNSEEN_WRITER]),
        ("a writer never seen", [row for row in both.tested_on if row.writer == UNSEEN_WRITER]),
    ):
        results[name] = measured(tested, unseen) | {"trained on": len(both.trained_on)}
    for writer in [] if quick else sorted({row.writer for row in written}):
        part = split(writer, rows, lambda row, writer=writer: row.writer == writer)
        results[f"without {writer}"] = measured(part.tested_on, reader(part.trained_on)) | {
            "trained on": len(part.trained_on)
        }
        print(writer, results[f"without {writer}"]["family"], flush=True)
    head = f"# How well questions are read\n\n{' '.join(__doc__.split('Three ways')[1].split())}\n"
    text = head.replace("\n\n", "\n\nThree ways ", 1) + "\n" + table(results) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "questions.md").write_text(text, encoding="utf-8")
    (RESULTS / "questions.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
