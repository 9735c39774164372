"""Files of the 360Giving Data Standard (1.4, 2024): JSON, and tables whose columns bear the standard's titles.

Whatever the form, a row is a grant as the standard's JSON has it, so that one schema checks them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from service.errors import StartError
from service.ingest.cells import amount
from service.ingest.readers.csv import opened
from service.ingest.readers.json import json_rows
from service.ingest.readers.table import RowFile, open_table
from service.ingest.readers.xlsx import Uncalculated
from service.model.rows import Row

_OWN = Path(__file__).with_name("grant.schema.json")
_GRANT_SCHEMA = "360-giving-schema.json"
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def open_grants(path: Path) -> RowFile:
    """The grants of a file, as the standard's JSON has them, unchecked. Raises StartError where it is no such file."""
    match path.suffix.lower():
        case ".json":
            return RowFile(opened(path), lambda: json_rows(path, "grants"))
        case ".csv" | ".xlsx":
            table = open_table(path)
            return replace(table, rows=lambda: (_nested(row) for row in table.rows()))
        case other:
            raise StartError(f"{path}: {other or 'a file without ending'} is neither .json, .csv nor .xlsx")


class Checker:
    """What a schema says of a grant: column and reason for each fault. The one here, and another that is given."""

    def __init__(self, schema: Path | None) -> None:
        self._own = jsonschema_rs.Draft202012Validator(_read_schema(_OWN))
        self._other = None
        if schema is not None:
            try:
                self._other = jsonschema_rs.Draft202012Validator(_of_a_grant(schema), validate_formats=True)
            except (jsonschema_rs.ValidationError, ValueError) as error:
                raise StartError(f"{schema} is no JSON schema: {error}") from error

    def faults(self, grant: Any) -> list[tuple[str, str]]:
        if uncalculated := list(_uncalculated(grant)):
            return uncalculated
        found = [_fault(error) for error in self._own.iter_errors(grant)]
        if not found and self._other is not None:
            found = [_fault(error) for error in self._other.iter_errors(grant)]
        return found


def _uncalculated(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Cells of a workbook whose formula holds no value, by their place in the grant."""
    if isinstance(value, Uncalculated):
        yield path, value.fault
    elif isinstance(value, dict | list):
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _uncalculated(each, f"{path}/{step}".lstrip("/"))


def _fault(error: Any) -> tuple[str, str]:
    path = "/".join(str(step) for step in error.instance_path)
    message = str(error.message)
    return path or "the grant", message if len(message) < 300 else message[:300] + " ..."


def _of_a_grant(path: Path) -> Any:
    """The schema of one grant: the file itself, or the one beside it where it is that of a package."""
    schema = _read_schema(path)
    if "grants" in schema.get("properties", {}):
        return _of_a_grant(path.with_name(_GRANT_SCHEMA))
    return schema


def _read_schema(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StartError(f"the schema {path} cannot be read: {error}") from error


def _nested(row: Row) -> Row:
    """A row of a table as nested values; columns that the standard does not know are left aside.

    `Recipient Org:Name`, `Recipient Org:0:Name` and `recipientOrganization/0/name` are one column.
    """
    grant: dict[str, Any] = {}
    for column, value in row.values.items():
        path = _column(column)
        if value == "" or path is None:
            continue
        place: Any = grant
        for step, after in zip(path, [*path[1:], None], strict=True):
            if after is None:
                place[step] = _typed(path, value)
            elif isinstance(step, int):
                while len(place) <= step:
                    place.append({})
                place = place[step]
            else:
                place = place.setdefault(step, [] if isinstance(after, int) else {})
    if isinstance(given := grant.get("amountAwarded"), str) and not isinstance(given, Uncalculated):
        with suppress(ValueError):  # what is no amount stays the text that it is, and the schema says so
            grant["amountAwarded"] = amount(given, grant.get("currency"))
    return Row(grant, row.line, row.start, row.text)


@cache
def _column(title: str) -> tuple[str | int, ...] | None:
    """Where a column's values go, by its title or by the names of the JSON."""
    schema = _read_schema(_OWN)
    place, path = schema, list[str | int]()
    for part in re.split(r"[:/]", title):
        word = part.strip()
        if place.get("type") == "array":
            path.append(int(word) if word.isdigit() else 0)
            place = _followed(schema, place["items"])
            if word.isdigit():
                continue
        found = _child(place, word)
        if found is None:
            return None
        path.append(found)
        place = _followed(schema, place["properties"][found])
    return tuple(path) if place.get("type") not in {"array", "object"} else None


def _child(place: Mapping[str, Any], word: str) -> str | None:
    for key, child in place.get("properties", {}).items():
        if word.casefold() in {key.casefold(), child.get("title", "").casefold()}:
            return str(key)
    return None


def _followed(schema: Mapping[str, Any], place: Mapping[str, Any]) -> Any:
    return schema["$defs"][place["$ref"].rpartition("/")[2]] if "$ref" in place else place


def _typed(path: tuple[str | int, ...], value: str) -> Any:
    """A cell as JSON would have it: a number written for people, and a day that Excel gives as a number."""
    name = path[-1]
    if name == "duration" and not isinstance(value, Uncalculated):
        with suppress(ValueError):
            return amount(value, None)
    if str(name).casefold().endswith("date") and re.fullmatch(r"\d{1,5}(\.\d+)?", value):
        return (_EXCEL_DAY_ZERO + timedelta(days=int(float(value)))).isoformat()
    return value
