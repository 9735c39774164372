"""What a cell of somebody's table means: an amount, a day, a list. What it does not say for certain is an error."""

from __future__ import annotations

import re
from datetime import date, datetime

from service.model.dates import PartialDate

_AMOUNT = re.compile(r"(?P<symbol>[£€$]?)\s*(?P<number>-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?)")
_SYMBOLS = {"£": "GBP", "€": "EUR", "$": "USD"}
_DOLLARS = frozenset({"AUD", "CAD", "HKD", "NZD", "SGD", "USD"})
_EMPTY_DAYS = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1)})
_NO_DAY = "1900-01-00"
_PARTIAL = re.compile(r"\d{4}(-\d\d){0,2}")
_LIST = re.compile(r"\S\s*[;|\n]\s*\S")


def amount(given: str, currency: str | None) -> float:
    """A number as people write it. Raises ValueError, with a sentence, where it is none or in another currency."""
    found = _AMOUNT.fullmatch(given.strip())
    if found is None:
        raise ValueError(f"{given!r} is not an amount such as 1500, 1,500 or 1500.50")
    symbol = found["symbol"]
    if symbol and currency and currency not in (_DOLLARS if symbol == "$" else {_SYMBOLS[symbol]}):
        raise ValueError(f"{given!r} is no amount in {currency}")
    return float(found["number"].replace(",", ""))


def day(given: str, form: str | None = None) -> PartialDate:
    """A day, month or year: as ISO 8601 (2019) has it, or written as `form` says (strftime's letters).

    It is as exact as it is written. Raises ValueError, with a sentence.
    """
    if given == _NO_DAY:
        raise ValueError(f"{given} is what a spreadsheet makes of an empty cell")
    if form is None or _PARTIAL.fullmatch(given):
        found = PartialDate.parse(given)
    else:
        read = datetime.strptime(given, form).date().isoformat()
        exact = 10 if re.search("%[djxcUW]", form) else 7 if re.search("%[mbB]", form) else 4
        found = PartialDate.parse(read[:exact])
    if is_empty_day(found):
        raise ValueError(f"{found} is what a spreadsheet makes of an empty cell")
    return found


def is_empty_day(found: PartialDate) -> bool:
    """Whether it is one of the days that Excel and others show where a date is zero."""
    return found.earliest == found.latest and found.earliest in _EMPTY_DAYS


def parts(given: str, separator: str | None) -> list[str]:
    """The entries of a cell: itself where it is no list."""
    return [part.strip() for part in given.split(separator) if part.strip()] if separator else [given]


def looks_like_a_list(given: str) -> bool:
    return _LIST.search(given) is not None
