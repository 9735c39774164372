"""One answer in three forms: JSON, CSV with the same rows and ids, and a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.graph import CypherLexer

from service.answers.answer import amount_text
from service.exports.rows import as_csv, plain
from service.metrics.references import linked
from service.runtime.response_cache import Body
from service.web.middleware.negotiation import Form

HERE = Path(__file__).parent
MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Content:
    """What an answer holds, before it takes a form."""

    data: Mapping[str, Any]
    """The JSON object, and what the page shows."""

    rows: Sequence[Mapping[str, Any]]
    """The rows of the CSV."""

    revision: str
    template: str
    truncated: bool = False
    page: Mapping[str, Any] = field(default_factory=dict)
    """What only the page needs."""


def render(content: Content, form: Form, key: str) -> Body:
    match form:
        case "json":
            body = orjson.dumps(content.data, default=plain)
        case "csv":
            body = as_csv(content.rows, content.truncated).encode("utf-8-sig")
        case "html":
            body = page(content.template, **content.data, **content.page, revision_shown=content.revision).encode()
    etag = hashlib.sha256(f"{content.revision} {key}".encode()).hexdigest()[:20]
    return Body(body, MEDIA[form], f'"{etag}"', content.revision)


def _json(value: Any) -> str:
    return orjson.dumps(value, default=plain).decode()


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if hasattr(value, "iso_format"):
        return str(value.iso_format())
    return str(value)


def _score(value: float | None) -> str:
    """A score to three figures, without powers of ten."""
    if value is None:
        return "–"
    if value == round(value) or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else "≈ 0"


def _quoted(ids: Iterable[str], facts: Mapping[str, Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The facts with these ids, those that rest on the same words of a source together."""
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for fact in (facts[id_] for id_ in ids if id_ in facts):
        found.setdefault((fact["source"], fact["start"], fact["quote"]), []).append(fact)
    return list(found.values())


def highlighted(statement: str) -> Markup:
    """Cypher as HTML, escaped, with a class for each sort of token."""
    return Markup(highlight(statement, CypherLexer(stripnl=False), HtmlFormatter(nowrap=True)))


def _moment(value: Any) -> str:
    """A day and time of Neo4j's, in UTC, to the minute."""
    return f"{value.to_native().astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def _kind_words(kind: str) -> str:
    return "shared service" if kind == "SharedService" else kind.lower()


def _label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


_environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {
    "shown": _shown,
    "label": _label,
    "kind_words": _kind_words,
    "score": _score,
    "linked": linked,
    "quoted": _quoted,
    "cypher": highlighted,
    "json": _json,
    "moment": _moment,
}
_environment.globals |= {"amount_text": amount_text}


def page(template: str, **context: Any) -> str:
    return _environment.get_template(template).render(context)
