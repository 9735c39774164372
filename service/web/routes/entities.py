"""Entities: by name or alias, and one with its facts."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from service.answers.evidence import fact_row
from service.answers.filters import EVERY_MODALITY, Filters
from service.graph.cypher_files import text
from service.identity.names import Named, as_json
from service.profiles.profile import figures, partners, picture, places, timeline
from service.web.asking_again import asks_same
from service.web.rendering import Content
from service.web.responses import Reply, Replying
from service.web.routes.paging import paged
from service.web.schemas import EntityListModel, EntityModel, EntityParams, FilterParams, documented

router = APIRouter(tags=["entities"])

_HIDDEN = ("dataset", "checksum", "keys", "text", "exists_from", "exists_until")


@router.get("/entities", responses=documented(EntityListModel), summary="Entities by name or alias, best match first")
async def entities(params: Annotated[EntityParams, Query()], request: Request, reply: Replying) -> Response:
    async def make() -> Content:
        kinds = [kind.value for kind in params.kind] or None
        nearly: list[Named] = []
        if params.q and params.q.strip():
            found, nearly = await reply.services.questions.names.search(params.q, kinds, 200)
            if params.as_of or params.known_at:
                bound = _listing(kinds, params) | {"ids": [each.id for each in found], "offset": 0, "limit": len(found)}
                table = await reply.services.store.read(text("service/entities"), bound)
                there = {row[1]["id"] for row in table.rows}
                found = [each for each in found if each.id in there]
            total = len(found)
            results = [as_json(each) for each in found[params.offset : params.offset + params.limit]]
        else:
            table = await reply.services.store.read(text("service/entities"), _listing(kinds, params))
            total = table.rows[0][0] if table.rows else 0
            results = [row[1] for row in table.rows]
        data = paged(request, results, total, params.limit, params.offset)
        nearest = [as_json(each) | {"href": asks_same(request, params.q or "", each.id)} for each in nearly]
        data |= {"nearest": nearest} if params.q else {}
        page = {"q": params.q, "kind": kinds or [], "nearest": nearest}
        return Content(data, results, reply.revision, "entities.html", data["next"] is not None, page)

    return await reply(make)


@router.get(
    "/entities/{name}", responses=documented(EntityModel, 300, 404), summary="One entity with its facts in and out"
)
async def entity(name: str, params: Annotated[FilterParams, Query()], reply: Replying) -> Response:
    """`name` is an id, or any name that fits one entity."""

    async def make() -> Content:
        named = await reply.services.questions.names.resolve(name, reply.revision)
        store = reply.services.store
        (row,) = (await store.read(text("service/entity"), {"id": named.id})).rows
        data: dict[str, Any] = {key: value for key, value in row[0].items() if key not in _HIDDEN}
        filters = params.filters()
        if fate := named.fate():
            data |= {"fate": fate, "successors": [as_json(each) for each in named.successors]}
        data["facts_out"] = await _facts(reply, filters, subjects=[named.id])
        data["facts_in"] = await _facts(reply, filters, objects=[named.id])
        rows = [*data["facts_out"], *data["facts_in"]]
        page = await _beside(reply, row[0], rows, filters) if reply.form == "html" else {}
        return Content(data, rows, reply.revision, "entity.html", page={"entity": data, **page})

    return await reply(make)


def _listing(kinds: list[str] | None, params: EntityParams) -> dict[str, Any]:
    given = params.model_dump(include={"as_of", "known_at", "offset", "limit"})
    return given | {"kinds": kinds, "ids": None}


async def _beside(
    reply: Reply, entity: dict[str, Any], facts: list[dict[str, Any]], filters: Filters
) -> dict[str, Any]:
    """What the page shows beside the facts."""
    services, revision = reply.services, reply.revision
    drawn, not_drawn = await asyncio.to_thread(picture, facts)
    return {
        "map": drawn,
        "not_drawn": not_drawn,
        "partners": await partners(services.questions, entity, filters, revision),
        "figures": await figures(services.questions, entity, filters, revision),
        "timeline": await timeline(services.store, entity, facts),
        "places": await places(services.store, services.scoring, entity, filters, revision),
    }


async def _facts(reply: Replying, filters: Filters, **ends: list[str]) -> list[dict[str, Any]]:
    bound: dict[str, Any] = {"sources": None, "subjects": None, "objects": None, "relations": None}
    bound |= {"offset": 0, "limit": 1000} | filters.parameters(EVERY_MODALITY)
    table = await reply.services.store.read(text("service/facts"), bound | ends)
    return [fact_row(row[1:]) for row in table.rows]
