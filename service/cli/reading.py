"""`joinedup ask --read`: how questions are read, without a database."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from service.ask.reader import shipped_reader
from service.sources.validate import read_seeds


def read_questions(questions: Iterable[str], seeds: Path) -> None:
    """Print the frame of each question as a line of JSON, in order. The names in `seeds` are known.

    Raises SeedErrors where the seeds are wrong.
    """
    reader = shipped_reader(read_seeds(seeds).entities)
    for question in questions:
        sys.stdout.buffer.write(orjson.dumps(reader.read(question).as_json()) + b"\n")
        sys.stdout.buffer.flush()


def typed_lines() -> Iterator[str]:
    """The lines of standard input, empty ones too. What is not UTF-8 becomes U+FFFD."""
    for line in sys.stdin.buffer:
        yield line.rstrip(b"\r\n").decode(errors="replace")
