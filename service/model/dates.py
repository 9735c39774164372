"""Dates as sources give them: a day, a month or a year, never made more exact than they are (ISO 8601-1:2019)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day: `earliest` and `latest` are the first and last day that it can mean."""

    earliest: date
    latest: date
    text: str

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Raises ValueError, with a sentence for people, when `text` is no date."""
        match = _FORM.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date; write 2014, 2014-10 or 2014-10-03")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            first = date(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise ValueError(f"{text!r} is not in the calendar") from None
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
        return cls(first, last, match.group())

    def __str__(self) -> str:
        return self.text
