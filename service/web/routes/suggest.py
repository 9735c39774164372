"""Suggestions for a question that is being typed: what it may name, and what can be asked of that."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from service.identity.names import Named, Names
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.schemas import documented

router = APIRouter(tags=["answers"])

_OF_A_BODY = ("Which partners share services with {}?", "What does {} take part in?", "Who funds {}?")
_OF_A_THING = ("Who takes part in {}?", "Who funds {}?", "Tell me about {}")
_MOST_WORDS = 6


class SuggestParams(BaseModel):
    q: Annotated[str, Field(min_length=1, max_length=500, description="What was typed so far.")]


class SuggestionsModel(BaseModel):
    results: list[dict[str, Any]]


@router.get("/suggest", responses=documented(SuggestionsModel), summary="Suggestions for a question being typed")
async def suggest(params: Annotated[SuggestParams, Query()], reply: Replying) -> Response:
    """Questions to ask, and entities to open, by the name that the last words seem to begin."""

    async def make() -> Content:
        before, found = await _named(reply.services.questions.names, params.q)
        results: list[dict[str, Any]] = []
        if before:
            asked = [f"{before} {each.name}" for each in found[:4]]
            results = [{"text": text, "href": None, "kind": "question"} for text in asked]
        elif found:
            patterns = _OF_A_BODY if found[0].kind in ORGANISATIONS else _OF_A_THING
            results = [{"text": each.format(found[0].name), "href": None, "kind": "question"} for each in patterns]
        results += [{"text": each.name, "href": f"/entities/{each.id}.html", "kind": each.kind} for each in found[:6]]
        typed = name_key(params.q)
        queries = [query for query in reply.services.catalog if typed and typed in name_key(query.title)]
        results += [
            {"text": query.title, "href": f"/queries.html#{query.name}", "kind": "question"} for query in queries[:3]
        ]
        return Content({"results": results}, results, reply.revision, "suggestions.html")

    return await reply(make)


async def _named(names: Names, typed: str) -> tuple[str, list[Named]]:
    """The longest run of last words that names something, what it names, and the words before it."""
    words = typed.split()
    nearly: tuple[str, list[Named]] = ("", [])
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        found, alike = await names.search(" ".join(words[-length:]), None, 8)
        if found:
            return " ".join(words[:-length]), found
        nearly = (" ".join(words[:-length]), alike) if alike else nearly
    return nearly
