"""Authorities of the United Kingdom by name, so that a real one that the graph lacks is never taken for a slip.

For recognition only: never a node, never an answer. From *UK Local Authorities (past and current)* by mySociety, July
2025, CC BY 4.0 (https://pages.mysociety.org/uk_local_authority_names_and_codes/): an extract of its columns.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.model.name_keys import name_key

ELSEWHERE_FILE = Path(__file__).with_name("uk_local_authorities.csv")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An authority as the register names it."""

    name: str
    ended: str | None


def _read() -> Mapping[str, Elsewhere]:
    known: dict[str, Elsewhere] = {}
    with ELSEWHERE_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            body = Elsewhere(row["official-name"], row["end-date"] or None)
            for name in (row["official-name"], row["nice-name"], row["gss-code"], *row["alt-names"].split(",")):
                if key := name_key(name):
                    known.setdefault(key, body)
    return known


ELSEWHERE = _read()
"""By the compared form of each name and code. A bare name ("Reading") stands here beside the official one."""
