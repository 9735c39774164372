"""What people decided about likely doubles: one line each in a CSV file, which anyone can read, mend and undo."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path

from service.atomic_files import write_atomically
from service.errors import StartError, UnknownResource
from service.file_locks import changing


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Decision:
    one: str
    other: str
    """Identifiers of organisations, such as GB-CHC-1126147, or ids of the graph."""

    verdict: Verdict
    on: str
    why: str = ""

    @property
    def pair(self) -> frozenset[str]:
        return frozenset({self.one, self.other})


_COLUMNS = [each.name for each in fields(Decision)]


class Decisions:
    """All decisions of a file. A file that is not there holds none, and no file holds none."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._take(_read(path) if path else ())

    def _take(self, decisions: Iterable[Decision]) -> None:
        self.all = tuple(decisions)
        self._canonical = _joined(self.path, self.all)

    def verdict(self, one: str, other: str) -> Verdict | None:
        if one != other and self.same_as(one) == self.same_as(other):
            return Verdict.SAME
        found = [decision.verdict for decision in self.all if decision.pair == {one, other}]
        return found[-1] if found else None

    def same_as(self, one: str) -> str:
        """The identifier that stands for all that were decided to be the same as this one."""
        return self._canonical.get(one, one)

    def decide(self, one: str, other: str, verdict: Verdict, why: str) -> None:
        """Put a decision on the pair in the place of an earlier one. Raises StartError where it contradicts others."""
        if one == other:
            raise StartError(f"{one} is itself")
        decision = Decision(one, other, verdict, date.today().isoformat(), why)
        with self._changing() as path:
            self._write(path, [*(each for each in self.all if each.pair != decision.pair), decision])

    def undo(self, one: str, other: str) -> None:
        """Take a decision back. Raises UnknownResource where there is none on this pair."""
        with self._changing() as path:
            kept = [each for each in self.all if each.pair != {one, other}]
            if len(kept) == len(self.all):
                raise UnknownResource(f"{path} holds no decision on {one} and {other}")
            self._write(path, kept)

    @contextmanager
    def _changing(self) -> Iterator[Path]:
        """The file, held, with its decisions as they are now: another may have written since they were read."""
        if self.path is None:
            raise StartError("there is no file of decisions; name one with --decisions")
        try:
            with changing(self.path):
                self._take(_read(self.path))
                yield self.path
        except OSError as error:
            raise StartError(f"{self.path} cannot be written: {error.strerror}") from error

    def _write(self, path: Path, decisions: Sequence[Decision]) -> None:
        """Raises StartError, before anything is written, where they contradict each other."""
        _joined(path, decisions)
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(_COLUMNS)
        writer.writerows(astuple(decision) for decision in decisions)
        write_atomically(path, out.getvalue())
        self._take(decisions)


def _read(path: Path) -> Iterable[Decision]:
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            for row in reader:
                values = [(row.get(name) or "").strip() for name in _COLUMNS]
                if values[2] not in set(Verdict) or not values[0] or not values[1]:
                    wanted = ", ".join(Verdict)
                    raise StartError(f"{path}:{reader.line_num}: {values[2]!r} is not one of {wanted}")
                yield Decision(values[0], values[1], Verdict(values[2]), *values[3:])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StartError(f"{path} cannot be read: {error}") from error


def _joined(path: Path | None, decisions: Sequence[Decision]) -> dict[str, str]:
    """For each identifier that is the same as another, the first of them all by the alphabet."""
    sets: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.verdict is Verdict.SAME:
            joined = sets.get(decision.one, {decision.one}) | sets.get(decision.other, {decision.other})
            sets |= dict.fromkeys(joined, joined)
    for decision in decisions:
        if decision.verdict is Verdict.DIFFERENT and decision.other in sets.get(decision.one, ()):
            pair = f"{decision.one} and {decision.other}"
            raise StartError(f"{path}: {pair} are different, and other lines make them the same")
    return {one: min(joined) for one, joined in sets.items()}
