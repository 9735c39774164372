"""The place of an export: only what an earlier export wrote is lost there, and not before the new one is whole."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from abc import ABC, abstractmethod
from pathlib import Path

from service.errors import StartError

MANIFEST = "joinedup-export.json"
"""In a folder that an export wrote: the name of each file beside it, and the sha256 of what was written."""

_WRITER = "joinedup export"


class Place(ABC):
    """Where an export goes, and the `part` beside it that is written meanwhile.

    OSError where something cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = self._beside(secrets.token_hex(4))

    def _beside(self, ending: str) -> Path:
        whole = self.path.absolute()
        return whole.parent / f".{whole.name}.{ending}"

    def check(self) -> None:
        """Raises StartError where the export would take the place of what no export wrote."""
        if self.path.is_symlink():
            raise StartError(f"{self.path} is a link to {self.path.readlink()}; name the place itself")
        if Path.cwd().is_relative_to(self.path.resolve()):
            raise StartError(f"{self.path} is the folder you are in, or above it; name a new one")
        if self.path.exists():
            self._check_what_is_there()

    @abstractmethod
    def _check_what_is_there(self) -> None: ...

    @abstractmethod
    def take(self) -> None:
        """The part, now whole, takes the place. Raises StartError as `check` does."""

    @abstractmethod
    def give_up(self) -> None:
        """Away with the part."""


class FilePlace(Place):
    """A file. One that is there is an export where it begins with `head`, as every export of its form does."""

    def __init__(self, path: Path, head: str) -> None:
        super().__init__(path)
        self._head = head.encode()

    def _check_what_is_there(self) -> None:
        if self.path.is_dir():
            raise StartError(f"{self.path} is a folder, and this form is one file: name a file")
        if not self.path.is_file():
            raise StartError(f"{self.path} is no file; name another")
        with self.path.open("rb") as file:
            begins = file.read(len(self._head))
        if begins not in {b"", self._head}:
            raise StartError(f"{self.path} is there, and is no export of this form; name another, or move it away")

    def take(self) -> None:
        _settle(self.part)
        self.check()
        self.part.replace(self.path)

    def give_up(self) -> None:
        self.part.unlink(missing_ok=True)


class FolderPlace(Place):
    """A folder. What is there is an export where its manifest lists every file, each as it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._before = self._beside("before")
        """Where the export of before stands for the moment in which the new one takes its place."""

    def _check_what_is_there(self) -> None:
        _check_export(self.path)

    def check(self) -> None:
        if self._before.exists() and not self.path.exists():
            self._before.rename(self.path)  # an export was killed in that moment
        super().check()

    def take(self) -> None:
        files = sorted(self.part.iterdir())
        manifest = {"written_by": _WRITER, "files": {file.name: _sha256(file) for file in files}}
        (self.part / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        for file in (*files, self.part / MANIFEST):
            _settle(file)
        self.check()
        if self._before.exists():  # an export was killed after it had taken its place
            _remove_export(self._before)
        if not self.path.exists():
            self.part.rename(self.path)
            return
        self.path.rename(self._before)
        try:
            self.part.rename(self.path)
        except OSError:
            self._before.rename(self.path)
            raise
        _remove_export(self._before)

    def give_up(self) -> None:
        """Only files of the export stand in it."""
        if self.part.exists():
            for file in self.part.iterdir():
                file.unlink()
            self.part.rmdir()


def _check_export(folder: Path) -> None:
    if not folder.is_dir():
        raise StartError(f"{folder} is a file, and this form is a folder: name a folder")
    written = _written(folder)
    for entry in sorted(folder.iterdir()):
        if entry.name == MANIFEST and written:
            continue
        if entry.is_symlink() or not entry.is_file() or entry.name not in written:
            what = "a link" if entry.is_symlink() else "a folder" if entry.is_dir() else "something"
            why = f"{what} that no export wrote"
        elif _sha256(entry) != written[entry.name]:
            why = "which was changed since an export wrote it"
        else:
            continue
        raise StartError(f"{folder} holds {entry.name}, {why}; name a new folder, or move it away")


def _written(folder: Path) -> dict[str, str]:
    """The files of an export and their sha256, as its manifest has them; none where it has no manifest of ours."""
    manifest = folder / MANIFEST
    if manifest.is_symlink() or not manifest.is_file():
        return {}
    try:
        given = json.loads(manifest.read_bytes())
    except ValueError:
        return {}
    if not isinstance(given, dict) or given.get("written_by") != _WRITER or not isinstance(given.get("files"), dict):
        return {}
    return {str(name): str(sha256) for name, sha256 in given["files"].items()}


def _remove_export(folder: Path) -> None:
    """File by file and then the folder: were anything else in it, that would stay."""
    _check_export(folder)
    for name in (*_written(folder), MANIFEST):
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(path: Path) -> None:
    """Onto the disk: a name must not stand for what a full disk or a loss of power could still take away."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
