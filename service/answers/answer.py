"""An answer: rows, the facts they rest on, and sentences that say what the rows do and do not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.answers.evidence import FactRow
from service.answers.statements import Query

_CURRENCY_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Answer:
    question: str | None
    query: str
    title: str
    answer: str
    """The answer in words."""

    parameters: dict[str, Any]
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    """Each row has its columns, `evidence` (ids of facts) and `quotes`."""

    evidence: list[FactRow]
    notes: list[str]
    truncated: bool
    revision: str
    grades: dict[str, str] = field(default_factory=dict)
    """What each grade means."""


def sentence(query: Query, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """The rows in words: by grade where the query grades them, else one after the other."""
    if query.answer and rows:
        return filled(query.answer, names)
    if query.grades:
        parts = []
        for grade in query.grades:
            graded = [row for row in rows if row.get("grade") == grade.name]
            said = f"{grade.name.capitalize()}: {_listed(query, graded)}." if graded else filled(grade.none, names)
            parts.append(said)
        return " ".join(parts)
    if not rows:
        return filled(query.empty or "No source says so.", names)
    return _listed(query, rows) + "."


def filled(template: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def amount_text(amount: float | None, unit: str | None) -> str:
    """An amount as a person writes it: £3,500,000, 90%, 75,000 staff."""
    if amount is None:
        return "amount not given"
    number = f"{amount:,.2f}".rstrip("0").rstrip(".")
    if unit in _CURRENCY_SIGNS:
        return _CURRENCY_SIGNS[unit] + number
    return f"{number}%" if unit == "%" else f"{number} {unit or ''}".strip()


def _listed(query: Query, rows: Sequence[Mapping[str, Any]]) -> str:
    """Who, and with what: those who stand with the same thing are said together."""
    together: dict[str, list[str]] = {}
    for row in rows:
        who, what = _one(query, row)
        said = together.setdefault(what, [])
        if who not in said:
            said.append(who)
    parts = [f"{_and(names)}{f' – {what}' if what else ''}" for what, names in together.items()]
    return "; ".join(parts[:_MOST_NAMES]) + (
        f"; and {len(parts) - _MOST_NAMES} more" if len(parts) > _MOST_NAMES else ""
    )


def _and(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown.append(f"{len(names) - _MOST_NAMES} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]


def _one(query: Query, row: Mapping[str, Any]) -> tuple[str, str]:
    """The first entity of a row with what is to be minded of it, and the second."""
    names = [value["name"] for column in query.columns if isinstance(value := row.get(column.name), dict)]
    head = names[0] if names else str(row.get(query.columns[0].name) if query.columns else "")
    extra = []
    if "amount" in row and (row["amount"] is not None or query.name in {"funders", "funding-between", "funds"}):
        extra.append(amount_text(row["amount"], row.get("currency") or row.get("unit")))
    for since in ("valid_from", "valid_until"):
        if row.get(since):
            extra.append(f"{'from' if since == 'valid_from' else 'until'} {row[since]}")
    if row.get("date"):
        extra.append(str(row["date"]))
    if row.get("joint"):
        extra.append("one sum given together")
    if row.get("role"):
        extra.append(str(row["role"]))
    if row.get("modality") not in {None, "actual"}:
        extra.append(str(row["modality"]))
    if row.get("basis") == "implied":
        extra.append("implied")
    return (f"{head} ({', '.join(extra)})" if extra else head), (names[1] if len(names) > 1 else "")
