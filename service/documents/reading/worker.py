"""Reads a document in a process of its own, with a limit of time and of memory, and keeps what it read by its sha256.

What a reader does with a hostile file is then that process's end and nobody else's. Run as a program it reads one
file and
prints the document as JSON, or `{"refused": ...}`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from service.atomic_files import write_atomically
from service.documents.document import Document
from service.documents.reading import limits
from service.documents.reading.formats import format_of
from service.documents.reading.read import READER, read_bytes
from service.errors import DocumentRefused

try:
    import resource
except ImportError:  # on Windows a process has no such limits: the one of time, which the parent keeps, holds there too
    resource = None  # type: ignore[assignment]

_DOCUMENT = TypeAdapter(Document)


def read_document(path: Path, kept: Path | None = None, *, seconds: float = limits.SECONDS) -> Document:
    """Read a file in a worker, once: what was read is in the folder `kept`, by sha256 and the reader's version.

    Raises DocumentRefused where the file cannot be read within the limits, with a sentence that says what to do.
    """
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise limits.too_large(path.name, size)
        content = path.read_bytes()
    except OSError as error:
        raise DocumentRefused(f"{path} cannot be read: {error.strerror}") from None
    format_of(path.name, content)
    place = kept / f"{hashlib.sha256(content).hexdigest()}-{READER}-{path.suffix.lower()[1:]}.json" if kept else None
    found = _kept(place, path.name)
    if found is None:
        found = _in_worker(path, seconds)
        if place is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(place, _DOCUMENT.dump_json(found))
    return found


def _kept(place: Path | None, name: str) -> Document | None:
    """What was read before of the same bytes; read again where that file is damaged."""
    if place is None or not place.is_file():
        return None
    try:
        content = orjson.loads(place.read_bytes())
        return _DOCUMENT.validate_python(content | {"file": name})
    except (ValidationError, orjson.JSONDecodeError, TypeError):
        return None


def _in_worker(path: Path, seconds: float) -> Document:
    command = [sys.executable, "-m", "service.documents.reading.worker", str(path.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise DocumentRefused(
            f"{path.name} took longer than {seconds:g} seconds to read and was given up. Split it, or print it to a "
            f"new PDF."
        ) from None
    if done.returncode != 0:
        raise DocumentRefused(
            f"{path.name} could not be read: the reader stopped (it may use {limits.MEMORY_BYTES / 1e9:g} GB of "
            f"memory and "
            f"{limits.SECONDS} seconds). Split it, or save it again from the program that shows it."
        )
    if done.stdout.startswith(b'{"refused"'):
        raise DocumentRefused(orjson.loads(done.stdout)["refused"])
    return _DOCUMENT.validate_json(done.stdout)


def main() -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path = Path(sys.argv[1])
    try:
        document = read_bytes(path.name, path.read_bytes())
        sys.stdout.buffer.write(_DOCUMENT.dump_json(document))
    except DocumentRefused as refused:
        sys.stdout.buffer.write(orjson.dumps({"refused": refused.detail}))


if __name__ == "__main__":
    main()
