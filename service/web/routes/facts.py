"""Facts: what sources say, each with its quote."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from service.answers.evidence import fact_row
from service.answers.filters import EVERY_MODALITY
from service.errors import BadParameter, UnknownResource
from service.graph.cypher_files import text
from service.model.vocabulary import RELATIONS
from service.sources.entries import nearest
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.routes.paging import paged
from service.web.schemas import FactListModel, FactModel, FactParams, documented

router = APIRouter(tags=["facts"])


@router.get("/facts", responses=documented(FactListModel, 300, 404), summary="Facts that fit the filters")
async def facts(params: Annotated[FactParams, Query()], request: Request, reply: Replying) -> Response:
    """Every filter may repeat: within one they add, across filters they narrow."""
    for relation in params.relation:
        if relation not in RELATIONS:
            raise BadParameter(f"relation: {relation!r} is not in the vocabulary{nearest(relation, RELATIONS)}")

    async def make() -> Content:
        bound: dict[str, Any] = {
            "sources": await _ids(reply, params.source),
            "subjects": await _ids(reply, params.subject),
            "objects": await _ids(reply, params.object),
            "relations": params.relation or None,
            "limit": params.limit,
            "offset": params.offset,
        } | params.filters().parameters(EVERY_MODALITY)
        table = await reply.services.store.read(text("service/facts"), bound, limit=params.limit)
        total = table.rows[0][0] if table.rows else 0
        results = [fact_row(row[1:]) for row in table.rows]
        data = paged(request, results, total, params.limit, params.offset)
        return Content(data, results, reply.revision, "facts.html", data["next"] is not None)

    return await reply(make)


@router.get("/facts/{fact}", responses=documented(FactModel, 404), summary="One fact")
async def one(fact: str, reply: Replying) -> Response:
    async def make() -> Content:
        found = await reply.services.questions.evidence.facts([fact], reply.revision)
        if not found:
            raise UnknownResource(f"no fact has the id {fact!r}; /facts lists them")
        return Content(found[0], found, reply.revision, "fact.html", page={"fact": found[0]})

    return await reply(make)


async def _ids(reply: Replying, names: list[str]) -> list[str] | None:
    resolve = reply.services.questions.names.resolve
    return [(await resolve(name, reply.revision)).id for name in names] or None
