"""CSV files of anyone's, read as a stream, so that their size does not matter; who needs one twice reads it twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.errors import StartError
from service.model.rows import Row
from service.sources.csv_rows import csv_rows as rows_of_lines

MOST_KEPT = 4_000_000
"""Characters of a file that are kept in the graph beside its facts; of a longer one each fact keeps its own row."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file was when it was first read."""

    path: Path
    sha256: str
    text: str
    """The whole text of a file that is small enough to be kept, else nothing."""

    def unchanged(self) -> None:
        """Raises StartError where the file is no longer what it was."""
        if file_sha256(self.path) != self.sha256:
            raise StartError(f"{self.path} changed while it was read; nothing was imported: import it again")


def opened(path: Path) -> Opened:
    """Raises StartError where the file cannot be read or is not UTF-8 (with or without a byte order mark)."""
    digest = file_sha256(path)
    text, line = [], 0
    kept = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line, content in enumerate(file, 1):  # noqa: B007  told where decoding fails
                kept += len(content)
                if kept <= MOST_KEPT:
                    text.append(content)
    except UnicodeDecodeError as error:
        raise StartError(
            f"{path}:{_undecodable(path)} is not UTF-8 ({error.reason}); save the file as UTF-8"
        ) from error
    return Opened(path, digest, "".join(text) if kept <= MOST_KEPT else "")


def csv_rows(path: Path, columns: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a CSV file with at least these columns, empty ones left out. Raises StartError where it is none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from rows_of_lines(file, str(path), columns)


def file_sha256(path: Path) -> str:
    """Raises StartError where the file cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StartError(f"{path} cannot be read: {error.strerror}") from error


def _undecodable(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
