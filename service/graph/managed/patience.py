"""How long a managed Neo4j is waited for: as long as its process lives, and its logs or its processor time move."""

from __future__ import annotations

import re
import time
from pathlib import Path

import psutil

from service.errors import ServiceError, StartError
from service.graph.failures import first_line
from service.graph.managed.files import Running
from service.graph.starting import Stage, Step

_BUSY = 0.05
"""Processor time that counts as a move, as a part of the longest silence: an idle Neo4j uses a hundredth."""

_LONGEST_LOOK = 5.0
"""Seconds that one look counts for at most: while this process itself was held up, nobody looked."""

_RECOVERS = re.compile(r"\[(?!system)[^]]+\] +(?:Recovery required from position|(\d+)% completed)")
_RECOVERED = re.compile(r"\[(?!system)[^]]+\] +Recovery in '\w+' mode completed")
_FILLS = re.compile(r"\[(?!system)[^]]+\] +Index population started: \[")
_FILLED = re.compile(r"\[(?!system)[^]]+\] +Index creation finished for index \[")
_CLOSED = re.compile(r"ERROR .*Failed to start DatabaseId\{\w*\[(?P<name>[^]]+)\]\}")
_DATED = re.compile(r"\d{4}-\d\d-\d\d ")


class WhileItMoves:
    """For a Neo4j whose process and files are here. There is no limit on the whole, only on silence.

    `since`: how long its log files were before it started; what stands in them from there on is of this start.
    """

    def __init__(self, home: Path, running: Running, silence: float, since: dict[Path, int], secret: str) -> None:
        self._home = home
        self._running = running
        self._silence = silence
        self._since = since
        self._secret = secret
        self._debug = DebugLog(home / "logs" / "debug.log", since.get(home / "logs" / "debug.log", 0))
        self._sizes: list[tuple[int, int]] = []
        self._processor = 0.0
        self._silent = 0.0
        self._looked = time.monotonic()

    def check(self, stage: Stage, trouble: ServiceError | None = None) -> Step:
        self._look()
        if not self._running.alive:
            raise StartError(f"Neo4j stopped while it started.{self._said()}")
        if self._debug.closed:
            raise StartError(
                f"Neo4j cannot open its data: {self._debug.closed}. More stands in {self._debug.path}; "
                f"put a backup in the place of {self._home / 'data'}, or move {self._home} away to begin with nothing"
            )
        if self._silent > self._silence:
            last = f" It said: {first_line(trouble.__cause__ or trouble)}." if trouble else ""
            raise StartError(
                f"{stage.unfinished}: for {self._silence:g} seconds neither its logs nor its processor time moved "
                f"(JOINEDUP_START_SECONDS).{last} Start again; what it has on disk stays.{self._said()}"
            )
        return self._debug.step or Step(stage.doing)

    def _look(self) -> None:
        now = time.monotonic()
        self._silent += min(now - self._looked, _LONGEST_LOOK)
        self._looked = now
        sizes, processor = [_size(path) for path in log_files(self._home)], _processor_time(self._running.pid)
        if sizes != self._sizes or processor - self._processor > _BUSY * self._silence:
            self._sizes, self._processor, self._silent = sizes, processor, 0.0
            self._debug.read_on()

    def _said(self) -> str:
        """The ends of what it wrote since it started: the reason is often in logs/neo4j.log and not in neo4j.out."""
        said = ""
        for path in log_files(self._home):
            if path == self._debug.path:
                continue
            text = _read_from(path, self._since.get(path, 0)).decode(errors="replace")
            lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("\tat ", "\t... "))]
            if lines:
                tail = "\n".join(lines[-12:]).replace(self._secret, "***")
                said += f"\nThe end of {path}:\n{tail}"
        return said


class DebugLog:
    """What debug.log says of a start: how far the recovery is, how many indexes are filled, what cannot be opened."""

    def __init__(self, path: Path, offset: int) -> None:
        self.path = path
        self._offset = offset
        self._recovered: int | None = None
        self._filled, self._to_fill = 0, 0
        self._in_failure = False
        self.closed = ""
        """The database that could not be opened, and why; empty where none failed."""

    @property
    def step(self) -> Step | None:
        if self._recovered is not None:
            return Step("Recovering what was written before a crash, per cent", self._recovered, 100)
        if self._filled < self._to_fill:
            return Step("Filling indexes", self._filled, self._to_fill)
        return None

    def read_on(self) -> None:
        if _size(self.path)[0] < self._offset:
            self._offset = 0  # Neo4j has begun it anew
        lines, newline, _ = _read_from(self.path, self._offset).rpartition(b"\n")
        self._offset += len(lines + newline)
        for line in lines.decode(errors="replace").splitlines():
            self._take(line)

    def _take(self, line: str) -> None:
        if _DATED.match(line):
            self._in_failure = False
        if match := _RECOVERS.search(line):
            self._recovered = int(match[1] or 0)
        elif _RECOVERED.search(line):
            self._recovered = None
        elif _FILLS.search(line):
            self._to_fill += line.count("Index( id=")
        elif _FILLED.search(line):
            self._filled += 1
        elif match := _CLOSED.search(line):
            self._in_failure, self.closed = True, match["name"]
        elif self._in_failure and line.startswith("Caused by: "):
            self.closed = f"{self.closed.partition(':')[0]}: {line.removeprefix('Caused by: ')}"


def log_files(home: Path) -> list[Path]:
    return [home / "neo4j.out", home / "logs" / "neo4j.log", home / "logs" / "debug.log"]


def log_sizes(home: Path) -> dict[Path, int]:
    return {path: _size(path)[0] for path in log_files(home)}


def _size(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _read_from(path: Path, offset: int) -> bytes:
    """What stands in a log from `offset` on; from its beginning where it was begun anew since."""
    try:
        with path.open("rb") as file:
            file.seek(offset if offset <= path.stat().st_size else 0)
            return file.read()
    except OSError:
        return b""


def _processor_time(pid: int) -> float:
    """Seconds of processor time that a process has used; 0 for one that is gone."""
    try:
        used = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(used.user + used.system)
