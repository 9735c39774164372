"""Sources: the documents and registers, and one with its text and every fact's place in it."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from service.answers.filters import EVERY_MODALITY
from service.errors import UnknownResource
from service.graph.cypher_files import text
from service.model.vocabulary import Kind
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.routes.paging import paged
from service.web.schemas import FilterParams, PageParams, SourceListModel, SourceModel, documented

router = APIRouter(tags=["sources"])

_MOST_FACTS = 5000


@router.get("/sources", responses=documented(SourceListModel), summary="The sources")
async def sources(params: Annotated[PageParams, Query()], request: Request, reply: Replying) -> Response:
    async def make() -> Content:
        table = await reply.services.store.read(text("service/sources"))
        rows = [row[0] | {"facts": row[1]} for row in table.rows]
        results = rows[params.offset : params.offset + params.limit]
        data = paged(request, results, len(rows), params.limit, params.offset)
        return Content(data, results, reply.revision, "sources.html", data["next"] is not None)

    return await reply(make)


@router.get("/sources/{name}", responses=documented(SourceModel, 300, 404), summary="One source, with its text")
async def source(name: str, params: Annotated[FilterParams, Query()], reply: Replying) -> Response:
    """`facts` gives each fact's place: `start` and `end` are offsets in `text`, in characters.

    A file of more than four million characters is not kept: `text` is null, and each fact's quote is its row."""

    async def make() -> Content:
        named = await reply.services.questions.names.resolve(name, reply.revision, [Kind.SOURCE.value])
        table = await reply.services.store.read(
            text("service/source-text"),
            {"id": named.id, "most": _MOST_FACTS} | params.filters().parameters(EVERY_MODALITY),
            timeout=30,
        )
        if not table.rows:
            raise UnknownResource(f"{named.name} is a {named.kind}, not a source; /sources lists the sources")
        head, found = table.rows[0]
        facts = [fact | {"end": fact["start"] + len(fact["quote"])} for fact in found]
        data: dict[str, Any] = head | {"facts": facts, "truncated": len(facts) >= _MOST_FACTS}
        cut = pieces(head["text"], facts) if head["text"] and reply.form == "html" else []
        page = {"pieces": cut, "covered": _covered(cut)}
        return Content(data, facts, reply.revision, "source.html", data["truncated"], page)

    return await reply(make)


def pieces(whole: str, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The text cut wherever a quote begins or ends, each piece with the facts that quote it."""
    cuts = sorted({0, len(whole), *(fact["start"] for fact in facts), *(fact["end"] for fact in facts)})
    cut: list[dict[str, Any]] = [
        {"text": whole[start:end], "facts": [f for f in facts if f["start"] <= start and end <= f["end"]]}
        for start, end in pairwise(cuts)
    ]
    joined = []
    for _, group in groupby(cut, key=lambda piece: [fact["id"] for fact in piece["facts"]]):
        same = list(group)
        joined.append({"text": "".join(piece["text"] for piece in same), "facts": same[0]["facts"]})
    return joined


def _covered(cut: list[dict[str, Any]]) -> float | None:
    """The share of a text's letters that some fact quotes; None where there is no text."""
    letters = [(len("".join(piece["text"].split())), bool(piece["facts"])) for piece in cut]
    whole = sum(length for length, _ in letters)
    return sum(length for length, quoted in letters if quoted) / whole if whole else None
