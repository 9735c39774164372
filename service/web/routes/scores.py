"""Scores: of the network, of organisations, and of pairs of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from service.errors import BadParameter, UnknownResource
from service.queries.ties import Scope
from service.scores.arrays.graph import TwoModeGraph
from service.scores.breadth import centralization, clustering, density
from service.scores.composite import DEFAULT_WEIGHTS, Composite, check_weights, percentile_ranks
from service.scores.metrics import METRICS, NETWORK_METRICS, ORGANISATION_METRICS
from service.scores.resilience import fragmentation, resilience
from service.scores.strength import missing_links, pairs, projection
from service.web.dependencies import Replying
from service.web.render import Content
from service.web.routes.paging import paged
from service.web.schemas import FilterParams, PageModel, PageParams, ScoreModel, documented
from service.web.scoring import Scored

router = APIRouter(prefix="/scores", tags=["scores"])

Relation = Literal["MEMBER_OF", "TAKES_PART_IN", "PROVIDES", "USES", "BASED_AT", "FUNDS", "HOLDS", "ATTENDS"]
OrganisationKind = Literal["Authority", "Agency", "Partnership", "Group"]
_DEFAULT: tuple[Relation, ...] = ("MEMBER_OF", "TAKES_PART_IN", "PROVIDES", "USES", "BASED_AT")
_LEAVING = 3000
"""Organisations up to which the network without one of them is computed again."""


class ScopeParams(FilterParams):
    relation: Annotated[
        list[Relation], Field(default_factory=lambda: [*_DEFAULT], description="Relations that tie; may repeat.")
    ]
    groups: Annotated[
        Literal["keep", "expand", "drop"], Field(description="A group: one node, its known members, or left out.")
    ] = "keep"
    kind: Annotated[
        list[OrganisationKind], Field(default_factory=list, description="Kinds that are ranked; may repeat.")
    ]

    def scope(self) -> Scope:
        return Scope(tuple(sorted(set(self.relation))), self.filters(), self.groups, tuple(sorted(set(self.kind))))


class WeightParams(ScopeParams):
    weight: Annotated[
        list[str],
        Field(default_factory=list, description="Weights of the collaboration score, breadth:2; may repeat."),
    ]

    def weights(self) -> Mapping[str, float]:
        """Raises BadParameter for a weight that is none."""
        given: dict[str, float] = {}
        for each in self.weight:
            name, _, value = each.partition(":")
            try:
                given[name] = float(value)
            except ValueError:
                raise BadParameter(f"weight: {each!r} is not name:number, as in breadth:2") from None
        weights = given or DEFAULT_WEIGHTS
        check_weights(weights, dict.fromkeys(ORGANISATION_METRICS))
        return weights


class RankingParams(WeightParams, PageParams):
    sort: Annotated[str, Field(description="collaboration, or a metric; the highest first.")] = "collaboration"


class PairParams(ScopeParams, PageParams):
    missing: Annotated[bool, Field(description="Likely partners that share nothing yet, instead of those that do.")] = (
        False
    )
    organisation: Annotated[str | None, Field(description="Only pairs with this body.")] = None


@router.get("/network", responses=documented(ScoreModel), summary="Scores of the network as a whole")
async def of_network(params: Annotated[ScopeParams, Query()], reply: Replying) -> Response:
    async def make() -> Content:
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        results = [_score(scored, name, scored.board.network[name]) for name in NETWORK_METRICS]
        data = _head(scored) | {"results": results, "core": [_named(scored, node) for node in scored.board.core]}
        rows = [
            {key: each[key] for key in ("metric", "value", "reason", "says", "citation", "n", "m")} for each in results
        ]
        return Content(data, rows, scored.revision, "scores_network.html")

    return await reply(make)


@router.get("/organisations", responses=documented(PageModel), summary="Organisations by collaboration, or by a metric")
async def of_organisations(params: Annotated[RankingParams, Query()], request: Request, reply: Replying) -> Response:
    """Flat rows for dashboards: the score, its parts as percentile ranks, and every metric."""
    if params.sort != "collaboration" and params.sort not in ORGANISATION_METRICS:
        raise BadParameter(f"sort: {params.sort!r} is not collaboration or one of {', '.join(ORGANISATION_METRICS)}")
    weights = params.weights()

    async def make() -> Content:
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        rows = _ranked(scored, scored.collaboration(weights), params.sort)
        page = rows[params.offset : params.offset + params.limit]
        data = paged(request, page, len(rows), params.limit, params.offset) | _head(scored)
        data |= {"weights": dict(weights), "metrics": [scored.account(name) for name in ORGANISATION_METRICS]}
        return Content(data, page, scored.revision, "scores.html", data["next"] is not None, {"sort": params.sort})

    return await reply(make)


@router.get(
    "/organisations/{name}",
    responses=documented(ScoreModel, 300, 404),
    summary="One organisation's scores, with evidence",
)
async def of_organisation(name: str, params: Annotated[WeightParams, Query()], reply: Replying) -> Response:
    weights = params.weights()

    async def make() -> Content:
        named = await reply.services.questions.names.resolve(name, reply.revision)
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        if named.id not in scored.bodies:
            raise UnknownResource(f"{named.name} ({named.kind}) is not among the organisations of this scope")
        total = scored.collaboration(weights).get(named.id)
        results = []
        for metric in ORGANISATION_METRICS:
            values = scored.board.organisations[metric]
            ranks = percentile_ranks(values)
            place = {"percentile": ranks[named.id], "of": sum(value is not None for value in values.values())}
            results.append(_score(scored, metric, values[named.id]) | place)
        ids = [fact for tie in scored.ties.get(named.id, ()) for fact in tie.facts]
        evidence = await reply.services.questions.evidence.facts(ids, scored.revision)
        data = _head(scored) | {
            "organisation": _named(scored, named.id),
            "fate": named.fate(),
            "collaboration": total.value if total else None,
            "parts": total.parts if total else {},
            "weights": dict(weights),
            "community": scored.board.communities.get(named.id),
            "results": results,
            "if_it_left": _if_it_left(scored, named.id),
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
    async def make() -> Content:
        scored = await reply.services.scoring.scored(params.scope(), reply.revision)
        only = (
            params.organisation
            and (await reply.services.questions.names.resolve(params.organisation, reply.revision)).id
        )
        rows = _missing(scored) if params.missing else _pairs(scored)
        rows = [row for row in rows if not only or only in {row["a"]["id"], row["b"]["id"]}]
        page = rows[params.offset : params.offset + params.limit]
        if not params.missing:
            for row in page:
                row["things"] = _things(scored, row["a"]["id"], row["b"]["id"])
        data = paged(request, page, len(rows), params.limit, params.offset) | _head(scored)
        index = "resource allocation (Zhou, Lü & Zhang 2009)" if params.missing else "tie strength (Newman 2001)"
        return Content(data | {"index": index}, page, scored.revision, "pairs.html", data["next"] is not None)

    return await reply(make)


def _head(scored: Scored) -> dict[str, Any]:
    board = scored.board
    return {
        "scope": scored.scope.as_json(),
        "n": board.n,
        "m": board.m,
        "ties": board.ties,
        "revision": scored.revision,
    }


def _score(scored: Scored, metric: str, value: float | None) -> dict[str, Any]:
    reason = METRICS[metric].undefined if value is None else None
    return {"value": value, "reason": reason, **scored.account(metric), "scope": scored.scope.as_json()}


def _named(scored: Scored, node: Any) -> dict[str, str]:
    body = scored.bodies[node]
    return {"id": body.id, "name": body.name, "kind": body.kind}


def _ranked(scored: Scored, scores: Mapping[Any, Composite], sort: str) -> list[dict[str, Any]]:
    board = scored.board
    rows = []
    for node, total in scores.items():
        row: dict[str, Any] = {"rank": None, "organisation": _named(scored, node), "collaboration": total.value}
        row |= {f"{name}_percentile": rank for name, rank in total.parts.items()}
        row |= {name: board.organisations[name][node] for name in ORGANISATION_METRICS}
        rows.append(row | {"community": board.communities.get(node)})
    rows.sort(key=lambda row: (row[sort] is None, -(row[sort] or 0.0), row["organisation"]["id"]))
    place: int | None = None
    for number, row in enumerate(rows, start=1):
        if number == 1 or row[sort] != rows[number - 2][sort]:
            place = number
        row["rank"] = place if row[sort] is not None else None
    return rows


def _pairs(scored: Scored) -> list[dict[str, Any]]:
    return [
        {
            "a": _named(scored, pair.a),
            "b": _named(scored, pair.b),
            "shared": pair.shared,
            "strength": pair.strength,
            "jaccard": pair.jaccard,
            "overlap": pair.overlap,
            "cosine": pair.cosine,
        }
        for pair in pairs(scored.graph)
    ]


def _missing(scored: Scored) -> list[dict[str, Any]]:
    return [
        {"a": _named(scored, link.a), "b": _named(scored, link.b), "index": link.index}
        for link in missing_links(scored.graph, 1000)
    ]


def _things(scored: Scored, a: str, b: str) -> list[str]:
    return sorted({tie.thing for tie in scored.ties[a]} & {tie.thing for tie in scored.ties[b]})


def _if_it_left(scored: Scored, node: str) -> list[dict[str, Any]]:
    """The network's scores without the body, those that change most first."""
    graph = scored.graph
    if len(graph.top) > _LEAVING or len(graph.top) < 2:
        return []
    keep = [i for i, each in enumerate(graph.top) if each != node]
    without = TwoModeGraph([graph.top[i] for i in keep], graph.bottom, graph.incidence[keep])
    flat = projection(without)
    after = {
        "density": density(without),
        "centralization": centralization(flat),
        "clustering": clustering(without),
        "fragmentation": fragmentation(flat),
        "resilience": resilience(without, flat).value,
    }
    rows = []
    for name, value in after.items():
        before = scored.board.network[name]
        change = None if value is None or before is None else value - before
        rows.append({"metric": name, "before": before, "after": value, "change": change})
    return sorted(rows, key=lambda row: (row["change"] is None, -abs(row["change"] or 0.0), row["metric"]))
