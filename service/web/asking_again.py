"""The address that asks the same of another body: what a suggestion leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from fastapi import Request

from service.answers.pattern import renamed

_ENDING = re.compile(r"\.(json|csv|html)$")


def asks_same(request: Request, given: str, id_: str) -> str:
    """The request's address with `id_` in place of the name `given`; the body's own page where that cannot be."""
    if request.method in {"GET", "HEAD"} and given.strip():
        head, _, last = request.url.path.rpartition("/")
        ending = request.scope.get("joinedup.ending", "")
        query = parse_qsl(request.url.query, keep_blank_values=True)
        if unquote(last) == given:
            return f"{head}/{quote(id_)}{ending}" + (f"?{request.url.query}" if request.url.query else "")
        replaced = [(name, _replaced(name, value, given, id_)) for name, value in query]
        if replaced != query:
            return f"{request.url.path}{ending}?{urlencode(replaced)}"
    return f"/entities/{quote(id_)}"


def with_addresses(request: Request, given: str, entities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Suggested entities, each with the address that asks the same of it."""
    return [dict(each) | {"href": asks_same(request, given, each["id"])} for each in entities]


def _replaced(name: str, value: str, given: str, id_: str) -> str:
    if value.strip() == given.strip():
        return id_
    if name == "q":
        return renamed(value, given, id_)
    parts = value.split(";")
    return "; ".join(id_ if part.strip() == given else part.strip() for part in parts) if len(parts) > 1 else value
