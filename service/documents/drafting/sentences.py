"""Where sentences and their clauses begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z0-9£])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Cllr|Cllrs|St|Sgt|Supt|Insp|Capt|Cdr|Lt|Col|Gen|Rev|Revd|Hon|No|Nos|vs|approx|inc|"
    r"ref|para|p|pp|"
    r"Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|e\.g|i\.e|a\.m|p\.m)|\b[A-Z]|^\d+(?:\.\d+)*)\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of one passage."""
    start = 0
    for found in _END.finditer(text):
        if _SHORT.search(text[start : found.start() + 1]) and not _numbered_alone(text, start, found.start()):
            continue
        yield start, found.start() + len(found.group().rstrip())
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _numbered_alone(text: str, start: int, stop: int) -> bool:
    """`May 2024.` ends a sentence, `3.` at its beginning does not."""
    return bool(re.search(r"\b(?:[ap]\.m|\d{3,})$", text[start:stop]))


def clause(text: str, at: int) -> tuple[int, int]:
    """The span between semicolons, or `, but`, that holds the character at `at`."""
    cuts = [found.span() for found in re.finditer(r";\s+|,\s+(?:but|though|although|save that)\s+|:\s+", text)]
    start = max((end for _, end in cuts if end <= at), default=0)
    return start, min((begin for begin, _ in cuts if begin >= at), default=len(text))
