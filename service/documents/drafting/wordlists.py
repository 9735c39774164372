"""Lists of words, one text file each beside this one."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


def words(name: str) -> frozenset[str]:
    """The words of a list, in lower case."""
    return frozenset((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())
