"""Title, publisher and date as a document's own first lines give them: proposals, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.documents.document import Passage, PassageKind

MONTHS: tuple[str, ...] = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(MONTHS)
DATE = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?({_MONTH})\s+(\d{{4}})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_FIRST = 12
"""Passages in which a document says what it is."""


@dataclass(frozen=True, slots=True)
class Origin:
    title: str | None
    publisher: str | None
    date: str | None


def origin_of(passages: Sequence[Passage], titled: str | None, running: Sequence[str]) -> Origin:
    first = list(passages[:_FIRST])
    headings = [p.text for p in first if p.kind is PassageKind.HEADING]
    title = headings[0] if headings else titled or (first[0].text[:200] if first else None)
    texts = [p.text for p in first] + list(running)
    dates = [found for text in texts if (found := date_in(text))]
    best = max(dates, key=lambda found: len(found), default=None)
    return Origin(title, _publisher(texts), best)


def date_in(text: str) -> str | None:
    """The first date in a text, as exact as it stands: 2024-03-14 or 2024-03."""
    found, iso = DATE.search(text), _ISO.search(text)
    if found:
        month = MONTHS.index(found[2].lower()) + 1
        return f"{found[3]}-{month:02}" + (f"-{int(found[1]):02}" if found[1] and 0 < int(found[1]) <= 31 else "")
    return iso[0] if iso else None


_BY = re.compile(r"(?:Prepared|Issued|Published|Produced) by (?:the )?(.+?)(?:, (?:\w+ )?\d{4}|\.|$)")


def _publisher(texts: Sequence[str]) -> str | None:
    for text in texts:
        found = _BY.search(text)
        if found:
            return found[1].strip()
    return None
