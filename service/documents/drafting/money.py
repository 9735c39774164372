"""Sums as councils write them: £742,000, £1.2m, £10k, 5,000 pounds, £1 million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SUM = re.compile(
    rf"(?:(?P<sign>[£€$])\s?(?P<a>{_NUMBER})(?:\s?(?P<ascale>k|thousand|mn?|million|bn|billion)\b)?)"
    rf"|(?P<b>{_NUMBER})\s?(?P<bscale>thousand|million|billion|[km])?\s+pounds\b",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\(?\s*(?P<number>{_NUMBER})\s?(?P<scale>k|mn?|million|bn|billion)?\s*\)?")
_CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD", None: "GBP"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum and where it stands."""

    amount: float
    currency: str
    start: int
    end: int


def sums_in(text: str) -> Iterator[Sum]:
    for found in _SUM.finditer(text):
        number, scale = found["a"] or found["b"], found["ascale"] or found["bscale"]
        yield Sum(_value(number, scale), _CURRENCY[found["sign"]], *found.span())


def bare_sum(text: str) -> float | None:
    """The number of a cell under a head that says what it counts: `84,000`, `(2,160)`; None where it is no number."""
    found = _BARE.fullmatch(text.strip().rstrip("*†‡ "))
    return _value(found["number"], found["scale"]) if found else None


def _value(number: str, scale: str | None) -> float:
    return round(float(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1), 2)
