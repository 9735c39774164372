"""What changed between two dates."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from service.answers.changes import MEANS, Change, Kind, What, order, read_changes
from service.answers.filters import Filters
from service.errors import BadParameter
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.routes.paging import paged
from service.web.schemas import ChangesModel, PageParams, documented

router = APIRouter(tags=["time"])


class ChangesParams(PageParams):
    first: Annotated[date, Field(alias="from", description="The earlier day; what changed after it.")]
    last: Annotated[date, Field(alias="to", description="The later day; what changed by it.")]
    change: Annotated[list[Kind], Field(default_factory=list, description="Only such changes; may repeat.")]
    what: Annotated[list[What], Field(default_factory=list, description="Bodies, ties or figures; may repeat.")]
    known_at: Annotated[date | None, Field(description="Only what sources had recorded by this day.")] = None


@router.get(
    "/changes", responses=documented(ChangesModel), summary="What began, ended or was recorded between two dates"
)
async def changes(params: Annotated[ChangesParams, Query()], request: Request, reply: Replying) -> Response:
    """The span leaves `from` out and takes `to` in. What no later document names has not `ended` for that."""
    if params.first >= params.last:
        raise BadParameter(f"from {params.first} is not before to {params.last}")

    async def make() -> Content:
        filters = Filters(known_at=params.known_at)
        found = await read_changes(reply.services.store, params.first, params.last, filters)
        counts, total, shown = await asyncio.to_thread(_chosen, found, params)
        evidence = await reply.services.questions.evidence.facts(
            (fact for each in shown for fact in each.evidence), reply.revision
        )
        quotes = {fact["id"]: fact["quote"] for fact in evidence}
        results = [_row(each, quotes) for each in shown]
        data = paged(request, results, total, params.limit, params.offset) | {
            "from": params.first,
            "to": params.last,
            "counts": {change.value: counts.get(change, 0) for change in Kind},
            "means": {change.value: means for change, means in MEANS.items()},
            "evidence": evidence,
            "revision": reply.revision,
        }
        page = {"facts": {fact["id"]: fact for fact in evidence}, "first": params.first, "last": params.last}
        return Content(data, results, reply.revision, "changes.html", data["next"] is not None, page)

    return await reply(make)


def _chosen(found: list[Change], params: ChangesParams) -> tuple[Counter[Kind], int, list[Change]]:
    """How many changes of each kind there are, how many are asked for, and those of the page.

    Not all are sorted: a sort of half a million lets nobody else have their turn for two seconds.
    """
    wanted = [
        each
        for each in found
        if (not params.change or each.change in params.change) and (not params.what or each.what in params.what)
    ]
    page = heapq.nsmallest(params.offset + params.limit, wanted, key=order)[params.offset :]
    return Counter(each.change for each in found), len(wanted), page


def _row(change: Change, quotes: dict[str, str]) -> dict[str, object]:
    return {
        "change": change.change.value,
        "what": change.what.value,
        "entity": change.entity,
        "subject": change.subject,
        "relation": change.relation,
        "object": change.object,
        "date": change.date,
        "certain": change.certain,
        "says": change.says,
        "evidence": list(change.evidence),
        "quotes": list(dict.fromkeys(quotes[fact] for fact in change.evidence if fact in quotes)),
    }
