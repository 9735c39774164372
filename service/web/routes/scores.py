"""Scores: of the network, of organisations, and of pairs of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from service.errors import BadParameter, UnknownResource
from service.metrics.registry import ORGANISATION_METRICS
from service.model.vocabulary import Tying
from service.network.compute import Scored
from service.network.tables import (
    backbone_rows,
    body_rows,
    if_it_left,
    missing_rows,
    named,
    network_rows,
    organisation_rows,
    pair_rows,
    read_weights,
)
from service.network.ties import DEFAULT_RELATIONS, Ranked, Scope
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.routes.paging import paged
from service.web.schemas import FilterParams, PageModel, PageParams, ScoreModel, documented

router = APIRouter(prefix="/scores", tags=["scores"])


class ScopeParams(FilterParams):
    relation: Annotated[
        list[Tying], Field(default_factory=lambda: [*DEFAULT_RELATIONS], description="Relations that tie; may repeat.")
    ]
    groups: Annotated[
        Literal["keep", "expand", "drop"], Field(description="A group: one node, its known members, or left out.")
    ] = "keep"
    kind: Annotated[
        list[Ranked], Field(default_factory=list, description="Kinds that rank; may repeat. Without it all but groups.")
    ]

    named: Annotated[
        Literal["any"] | None, Field(description="any: bodies that stand for somebody whom no source names rank too.")
    ] = None

    def scope(self) -> Scope:
        return Scope(
            tuple(sorted(set(self.relation))),
            self.filters(),
            self.groups,
            tuple(sorted(set(self.kind))),
            unnamed=self.named == "any",
        )


class WeightParams(ScopeParams):
    weight: Annotated[
        list[str],
        Field(default_factory=list, description="Weights of the collaboration score, breadth:2; may repeat."),
    ]

    def weights(self) -> Mapping[str, float]:
        """Raises BadParameter for a weight that is none."""
        return read_weights(self.weight)


class RankingParams(WeightParams, PageParams):
    sort: Annotated[str, Field(description="collaboration, or a metric; the highest first.")] = "collaboration"


class PairParams(ScopeParams, PageParams):
    missing: Annotated[bool, Field(description="Likely partners that share nothing yet, instead of those that do.")] = (
        False
    )
    organisation: Annotated[str | None, Field(description="Only pairs with this body.")] = None
    backbone: Annotated[
        float | None,
        Field(
            gt=0, lt=1, description="Only pairs that share more than chance gives both, at this false-discovery rate."
        ),
    ] = None


@router.get("/network", responses=documented(ScoreModel), summary="Scores of the network as a whole")
async def of_network(params: Annotated[ScopeParams, Query()], reply: Replying) -> Response:
    async def make() -> Content:
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        results = network_rows(scored)
        data = _head(scored) | {"results": results, "core": [named(scored, node) for node in scored.scorecard.core]}
        rows = [
            {key: each[key] for key in ("metric", "value", "reason", "says", "citation", "n", "m")} for each in results
        ]
        return Content(data, rows, scored.revision, "scores_network.html")

    return await reply(make)


@router.get("/organisations", responses=documented(PageModel), summary="Organisations by collaboration, or by a metric")
async def of_organisations(params: Annotated[RankingParams, Query()], request: Request, reply: Replying) -> Response:
    """Flat rows for dashboards: the score, its parts as percentile ranks, and every metric."""
    weights = params.weights()

    async def make() -> Content:
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        rows = await asyncio.to_thread(organisation_rows, scored, weights, params.sort)
        page = rows[params.offset : params.offset + params.limit]
        data = paged(request, page, len(rows), params.limit, params.offset) | _head(scored)
        data |= {"weights": dict(weights), "metrics": [scored.account(name) for name in ORGANISATION_METRICS]}
        shown = _scoreboard(scored, params.sort) if reply.form == "html" else {}
        return Content(data, page, scored.revision, "scores.html", data["next"] is not None, shown)

    return await reply(make)


@router.get(
    "/organisations/{name}", responses=documented(ScoreModel, 300, 404), summary="One organisation: each part explained"
)
async def of_organisation(name: str, params: Annotated[WeightParams, Query()], reply: Replying) -> Response:
    """Every metric with its rank, the facts that made it, and what would change most if this body left."""
    weights = params.weights()

    async def make() -> Content:
        found = await reply.services.questions.names.resolve(name, reply.revision)
        network = await reply.services.scoring.network(params.scope(), reply.revision)
        if found.id not in network.bodies:
            raise UnknownResource(f"{found.name} is a {found.kind}, or not there under this scope: it has no score")
        ids = [fact for tie in network.ties.get(found.id, ()) for fact in tie.facts]
        evidence = await reply.services.questions.evidence.facts(ids, reply.revision)
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        results = await asyncio.to_thread(body_rows, scored, found.id)
        total = scored.collaboration(weights).get(found.id)
        data = _head(scored) | {
            "organisation": named(scored, found.id),
            "fate": found.fate(),
            "collaboration": total.value if total else None,
            "reason": scored.why_no_collaboration(found.id, weights),
            "parts": total.parts if total else {},
            "weights": dict(weights),
            "community": scored.scorecard.communities.get(found.id),
            "results": results,
            "if_it_left": await asyncio.to_thread(if_it_left, scored, found.id),
            "evidence": evidence,
        }
        rows = [
            {key: each[key] for key in ("metric", "value", "reason", "percentile", "of", "says", "citation")}
            for each in results
        ]
        return Content(data, rows, scored.revision, "scores_organisation.html")

    return await reply(make)


@router.get(
    "/pairs", responses=documented(PageModel, 300, 404), summary="Pairs: how strongly tied, how alike, or missing"
)
async def of_pairs(params: Annotated[PairParams, Query()], request: Request, reply: Replying) -> Response:
    """Each pair with what it shares and the facts that say so. With `missing`: likely partners that share nothing."""

    if params.missing and params.backbone is not None:
        raise BadParameter("backbone: it is of pairs that share something; missing=true asks for those that do not")

    async def make() -> Content:
        of = params.organisation
        only = (await reply.services.questions.names.resolve(of, reply.revision)).id if of else None
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        rows_of = missing_rows if params.missing else pair_rows
        if params.backbone is not None:
            rows_of = partial(backbone_rows, params.backbone)
        total, rows = await asyncio.to_thread(rows_of, scored, only, params.offset, params.limit)
        data = paged(request, rows, total, params.limit, params.offset) | _head(scored)
        if params.backbone is not None:
            index = "significance (stochastic degree sequence model, Neal 2014; Neal, Domagalski & Sagan 2021)"
            return Content(data | {"index": index}, rows, scored.revision, "pairs.html", data["next"] is not None)
        index = "resource allocation (Zhou, Lü & Zhang 2009)" if params.missing else "tie strength (Newman 2001)"
        return Content(data | {"index": index}, rows, scored.revision, "pairs.html", data["next"] is not None)

    return await reply(make)


def _scoreboard(scored: Scored, sort: str) -> dict[str, Any]:
    """What the page shows beside the rows: the highest of each metric, for the bars, and the network's own scores.

    The share of breadth stays out: it draws the same bars as breadth."""
    highest = {
        name: max((value for value in scored.scorecard.organisations[name].values() if value is not None), default=0.0)
        for name in ORGANISATION_METRICS
        if name != "breadth_share"
    }
    return {"sort": sort, "highest": {"collaboration": 100.0} | highest, "network": network_rows(scored)}


def _head(scored: Scored) -> dict[str, Any]:
    scorecard = scored.scorecard
    return {
        "scope": scored.scope.as_json(),
        "n": scorecard.n,
        "m": scorecard.m,
        "ties": scorecard.ties,
        "without_a_tie": scored.without_a_tie,
        "revision": scored.revision,
    }
