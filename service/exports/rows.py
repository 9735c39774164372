"""Answers as flat rows: CSV as RFC 4180 (2005) has it, with the same rows and ids as the JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


def as_csv(rows: Sequence[Mapping[str, Any]], truncated: bool = False) -> str:
    """Rows as RFC 4180 (2005) text. An entity gives two columns, its name and its id; a list is joined by '; '."""
    flat = [dict(_flat(row)) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns or ["(no rows)"])
    writer.writerows([csv_cell(row.get(column)) for column in columns] for row in flat)
    if truncated:
        writer.writerow([f"(cut after {len(rows)} rows: there are more)"])
    return out.getvalue()


def _flat(row: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, Mapping) and "id" in value:
            yield name, value.get("name")
            yield f"{name}_id", value["id"]
        elif isinstance(value, Mapping):
            yield from ((f"{name}_{key}", each) for key, each in value.items())
        else:
            yield name, value


def csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(str(each.get("name", each) if isinstance(each, Mapping) else each) for each in value)
    text = (
        value.isoformat() if isinstance(value, date) else str(plain(value) if hasattr(value, "iso_format") else value)
    )
    return defused(text)


def defused(text: str, marks: tuple[str, ...] = FORMULA) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before what begins with one of the marks."""
    return f"'{text}" if text.startswith(marks) else text


def plain(value: Any) -> Any:
    """Neo4j's own dates and times as ISO 8601 text."""
    if hasattr(value, "iso_format"):
        return value.iso_format()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
