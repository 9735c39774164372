"""Who funds what: every flow, and the account of one programme or body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from service.answers.answer import amount_text
from service.answers.filters import EVERY_MODALITY, Filters
from service.charts.sankey import Band, draw
from service.errors import BadParameter
from service.funding.accounts import (
    Ratio,
    funder_concentration,
    funder_leverage,
    programme_leverage,
    sums_together,
    totals_of,
)
from service.funding.queries import Figure, Flow, Money, read_figures, read_money
from service.graph.cypher_files import text
from service.identity.names import as_json
from service.metrics.funding import Status
from service.metrics.registry import METRICS, VERSION
from service.model.vocabulary import ORGANISATIONS
from service.web.rendering import Content
from service.web.responses import Replying
from service.web.routes.paging import paged
from service.web.schemas import AccountModel, FilterParams, FlowsModel, PageParams, documented

router = APIRouter(prefix="/funding", tags=["funding"])

NOTES = (
    "Totals are over known amounts; what no source quantifies is counted apart and is not 0.",
    "A sum given together counts once. Planned and sought money is not added to actual, nor one currency to another.",
    "Figures stand beside the totals and are not added to them: no source says that they add.",
)
_MOST_BANDS = 40


class FlowParams(PageParams, FilterParams):
    funder: Annotated[list[str], Field(default_factory=list, description="Only from this body; may repeat.")]
    thing: Annotated[list[str], Field(default_factory=list, description="Only to this thing or body; may repeat.")]
    status: Annotated[
        list[Status], Field(default_factory=list, description="actual, planned, sought or ended money; may repeat.")
    ]
    currency: Annotated[str | None, Field(pattern="^[A-Z]{3}$", description="Only sums in this currency.")] = None


@router.get("/flows", responses=documented(FlowsModel, 300, 404), summary="Who gives what to what")
async def flows(params: Annotated[FlowParams, Query()], request: Request, reply: Replying) -> Response:
    """One row a fact. `totals` are over all rows that fit, not only over this page."""

    async def make() -> Content:
        money = await read_money(
            reply.services.store,
            params.filters(),
            givers=await _ids(reply, params.funder),
            things=await _ids(reply, params.thing),
        )
        wanted = [
            flow
            for flow in money.flows
            if (not params.status or flow.gift.status in params.status)
            and (params.currency is None or flow.gift.currency == params.currency)
        ]
        shown = wanted[params.offset : params.offset + params.limit]
        evidence = await _evidence(reply, (flow.gift.fact for flow in shown))
        quotes = {fact["id"]: fact["quote"] for fact in evidence}
        results = [_row(flow, money, quotes) for flow in shown]
        data = paged(request, results, len(wanted), params.limit, params.offset) | {
            "totals": [asdict(total) for total in totals_of(money, wanted)],
            "notes": NOTES,
            "evidence": evidence,
            "revision": money.revision,
        }
        page = {"charts": _charts(wanted, money), "facts": {fact["id"]: fact for fact in evidence}}
        return Content(data, results, money.revision, "flows.html", data["next"] is not None, page)

    return await reply(make)


@router.get(
    "/programmes/{name}", responses=documented(AccountModel, 300, 404), summary="The account of a programme or service"
)
async def programme(name: str, params: Annotated[FilterParams, Query()], reply: Replying) -> Response:
    """What was given to it, joint sums once; what is planned or sought; leverage and concentration; figures beside."""

    async def make() -> Content:
        named = await reply.services.questions.names.resolve(name, reply.revision)
        store, filters = reply.services.store, params.filters()
        money = await read_money(store, filters, things=[named.id])
        parts = await store.read(
            text("service/parts-of"), {"thing": named.id} | filters.parameters(EVERY_MODALITY), limit=1000
        )
        others = [row[0]["id"] for row in parts.rows]
        theirs = await read_money(store, filters, things=others)
        figures = await read_figures(store, filters, [named.id, *others])
        own = [figure for figure in figures if figure.reporter["id"] == named.id]
        data = {
            "thing": as_json(named),
            **_account(money),
            "concentration": _ratios("funder_concentration", funder_concentration(money), filters),
            "leverage": _ratios("leverage", programme_leverage(money, own), filters),
            "figures": [asdict(figure) for figure in own],
            "beside": [
                {
                    "thing": thing,
                    "how": how,
                    "totals": [
                        asdict(total)
                        for total in totals_of(theirs, [f for f in theirs.flows if f.concerns(thing["id"])])
                    ],
                    "figures": [asdict(figure) for figure in figures if figure.reporter["id"] == thing["id"]],
                    "evidence": evidence,
                }
                for thing, how, evidence in parts.rows
            ],
        }
        return await _content(reply, data, money, [*money.flows, *theirs.flows], figures, named.fate())

    return await reply(make)


@router.get("/organisations/{name}", responses=documented(AccountModel, 300, 404), summary="The account of a body")
async def organisation(name: str, params: Annotated[FilterParams, Query()], reply: Replying) -> Response:
    """What it gives alone, what it gives together with others, what it receives, and what its groups give.

    Of a sum given together no source says what the body's own share is: it stands apart, and in no total of its own."""

    async def make() -> Content:
        resolve = reply.services.questions.names.resolve
        named = await resolve(name, reply.revision, [kind.value for kind in ORGANISATIONS])
        if named.kind not in ORGANISATIONS:
            raise BadParameter(f"{named.name} is a {named.kind}, not an organisation; /funding/programmes/ accounts it")
        store, filters = reply.services.store, params.filters()
        given = await read_money(store, filters, givers=[named.id])
        received = await read_money(store, filters, things=[named.id])
        bound = filters.parameters(EVERY_MODALITY) | {"organisation": named.id}
        groups = await store.read(text("service/groups-of"), bound, limit=1000)
        through = await read_money(store, filters, givers=[row[0]["id"] for row in groups.rows])
        things = sorted({flow.gift.thing for flow in given.flows})
        to_all = await read_money(store, filters, things=things)
        to_same = {thing: to_all.to(thing) for thing in things}
        figures = await read_figures(store, filters, [named.id, *things], leaders=[named.id])
        by_thing = {thing: [figure for figure in figures if figure.reporter["id"] == thing] for thing in things}
        data = {
            "organisation": as_json(named),
            **_account(given),
            "leverage": _ratios("leverage", funder_leverage(given, to_same, by_thing, funder=named.id), filters),
            "received": _account(received)
            | {"concentration": _ratios("funder_concentration", funder_concentration(received), filters)},
            "via_group": [
                {
                    "group": group,
                    "membership": membership,
                    **_account(through, [flow for flow in through.flows if flow.gift.funder == group["id"]]),
                }
                for group, membership in groups.rows
                if any(flow.gift.funder == group["id"] for flow in through.flows)
            ],
            "figures": [asdict(figure) for figure in figures],
        }
        every = [*given.flows, *received.flows, *through.flows]
        return await _content(reply, data, given, every, figures, named.fate())

    return await reply(make)


def _account(money: Money, flows: Sequence[Flow] | None = None) -> dict[str, Any]:
    chosen = money.flows if flows is None else flows
    marks = {flow.gift.joint for flow in chosen}
    return {
        "totals": [asdict(total) for total in totals_of(money, chosen)],
        "together": [asdict(each) for each in sums_together(money) if marks & _marks(money, each.facts)],
        "gifts": [_row(flow, money, {}) for flow in chosen],
        "supporters": [asdict(support) for support in money.supports],
    }


def _ratios(metric: str, found: Sequence[Ratio], filters: Filters) -> list[dict[str, Any]]:
    """Scores of money, each with the account that every score has."""
    about = METRICS[metric]
    scope = filters.parameters(EVERY_MODALITY)
    return [
        {
            "value": ratio.value,
            "reason": ratio.reason,
            "metric": metric,
            "says": about.says,
            "definition": about.definition,
            "citation": about.citation,
            "version": VERSION,
            "weight": about.weight,
            "currency": ratio.currency,
            "over": list(ratio.over),
            "as_of": filters.as_of,
            "scope": scope,
            "evidence": list(ratio.facts),
        }
        for ratio in found
    ]


def _marks(money: Money, facts: Sequence[str]) -> set[str]:
    return {mark for mark, joint in money.joints.items() if joint.facts & set(facts)}


async def _content(
    reply: Replying,
    data: dict[str, Any],
    money: Money,
    flows: Sequence[Flow],
    figures: Sequence[Figure],
    fate: str | None,
) -> Content:
    notes = [*([fate] if fate else []), *NOTES]
    ids = [flow.gift.fact for flow in flows] + [support.fact for support in money.supports]
    ids += [fact for joint in money.joints.values() for fact in sorted(joint.facts)]
    evidence = await _evidence(reply, [*ids, *(figure.fact for figure in figures)])
    data |= {"notes": notes, "evidence": evidence, "revision": money.revision}
    page = {
        "charts": _charts(money.flows, money),
        "facts": {fact["id"]: fact for fact in evidence},
        "account": data,
    }
    rows = [*data["gifts"], *({"figure": f.figure, **_plain(f)} for f in figures)]
    return Content(data, rows, money.revision, "account.html", page=page)


def _plain(figure: Figure) -> dict[str, Any]:
    shown = asdict(figure)
    return {key: shown[key] for key in ("reporter", "measure", "amount", "unit", "period", "modality", "fact")}


def _row(flow: Flow, money: Money, quotes: dict[str, str]) -> dict[str, Any]:
    gift = flow.gift
    joint = money.joints.get(gift.joint or "")
    row: dict[str, Any] = {
        "funder": flow.funder,
        "thing": flow.thing,
        "amount": gift.amount,
        "currency": gift.currency,
        "status": gift.status.value,
        "modality": flow.modality,
        "basis": flow.basis,
        "joint": gift.joint,
        "together_with": [each for each in joint.funders if each["id"] != gift.funder] if joint else [],
        "note": flow.note,
        "source": gift.source,
        "evidence": [gift.fact],
    }
    return row | ({"quotes": [quotes[gift.fact]]} if gift.fact in quotes else {})


def _charts(flows: Iterable[Flow], money: Money) -> list[dict[str, Any]]:
    """One chart a currency, the largest sums first; what has no amount stands in the first."""
    bands: dict[str | None, list[Band]] = {}
    drawn: set[str] = set()
    for flow in flows:
        gift = flow.gift
        joint = money.joints.get(gift.joint or "")
        if joint and joint.mark in drawn:
            continue
        if joint:
            drawn.add(joint.mark)
        givers = tuple(each["name"] for each in joint.funders) if joint else (flow.funder["name"],)
        label = amount_text(gift.amount, gift.currency)
        band = Band(givers, flow.thing["name"], gift.amount, label, gift.status.value, f"/facts/{gift.fact}.html")
        bands.setdefault(gift.currency, []).append(band)
    unknown = bands.pop(None, [])
    charts: list[dict[str, Any]] = []
    for currency, known in sorted(bands.items(), key=lambda item: str(item[0])) or [(None, [])]:
        every = sorted(known, key=lambda band: (-(band.amount or 0.0), band.givers, band.thing))
        every += [] if charts else unknown
        chart = draw(every[:_MOST_BANDS])
        if chart:
            charts.append({"currency": currency, "chart": chart, "left_out": max(0, len(every) - _MOST_BANDS)})
    return charts


async def _evidence(reply: Replying, facts: Iterable[str]) -> list[dict[str, Any]]:
    return await reply.services.questions.evidence.facts(facts, reply.revision)


async def _ids(reply: Replying, names: Sequence[str]) -> list[str] | None:
    resolve = reply.services.questions.names.resolve
    return [(await resolve(name, reply.revision)).id for name in names] or None
