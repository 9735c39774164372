"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

OWNER_ONLY = 0o600
ANYONE = 0o666
"""As the process's umask has it."""


def write_atomically(path: Path, content: str | bytes, *, mode: int = ANYONE) -> None:
    """Write a file beside `path` and let it take its place: who reads meanwhile has the old content or the new.

    Raises OSError, and leaves `path` as it was.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
