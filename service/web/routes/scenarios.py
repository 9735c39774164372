"""What-ifs: those kept beside the seeds, and any that is sent."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response

from service.errors import ServiceError
from service.scenarios.document import Scenario, parse_scenario, read_scenario, shipped
from service.scenarios.what_if import against, named_scenario, what_if
from service.web.asking_again import with_addresses
from service.web.rendering import MEDIA, Content, page
from service.web.responses import Replying
from service.web.schemas import PageModel, ScenarioModel, Strict, documented
from service.web.views.scenario_form import Row, StepParams

router = APIRouter(prefix="/scenarios", tags=["scenarios"])


class AgainstParams(Strict):
    against: Annotated[str | None, Query(description="Another scenario by name, to compare with.")] = None


@router.get("", responses=documented(PageModel), summary="The scenarios kept beside the seeds: examples, not forecasts")
async def scenarios(reply: Replying) -> Response:
    async def make() -> Content:
        folder = reply.services.seeds_dir
        files = await asyncio.to_thread(shipped, folder)
        results = []
        for name, path in files.items():
            scenario = await asyncio.to_thread(read_scenario, path)
            results.append({"name": name, "title": scenario.title, "note": scenario.note, "steps": len(scenario.steps)})
        data = {"results": results, "total": len(results), "limit": len(results), "offset": 0, "next": None}
        beside = {"form": StepParams.model_validate({}).fields([])}
        return Content(data, results, reply.revision, "scenarios.html", page=beside)

    return await reply(make)


@router.get("/try", responses=documented(ScenarioModel, 404), summary="The outcome of a what-if in an address")
async def tried(params: Annotated[StepParams, Query()], request: Request, reply: Replying) -> Response:
    """`do`, `who`, `leaves` and `to` stand once for each step, in order. The page has a form that fills them in."""
    rows: list[Row] = []

    async def make() -> Content:
        data = await _outcome(reply, parse_scenario(params.document()))
        return _content(reply, data, None, [], params.fields(rows))

    try:
        rows = params.rows()
        if rows or reply.form != "html":
            return await reply(make)
        return _form(request, params, rows, None)
    except ServiceError as error:
        if reply.form != "html":
            raise
        return _form(request, params, rows, error)


@router.get(
    "/{name}", responses=documented(ScenarioModel, 404), summary="The outcome of a scenario kept beside the seeds"
)
async def scenario(name: str, params: Annotated[AgainstParams, Query()], reply: Replying) -> Response:
    async def make() -> Content:
        folder = reply.services.seeds_dir
        data = await _outcome(reply, await named_scenario(folder, name))
        if params.against is not None:
            other = await _outcome(reply, await named_scenario(folder, params.against))
            data["against"] = against(data, other)
        others = [each for each in await asyncio.to_thread(shipped, folder) if each != name]
        return _content(reply, data, name, others)

    return await reply(make)


@router.post("", responses=documented(ScenarioModel, 404), summary="The outcome of a what-if, on a copy of the network")
async def run(
    scenario: Annotated[Scenario, Body()], params: Annotated[AgainstParams, Query()], reply: Replying
) -> Response:
    """Steps in order: merge, dissolve, withdraw, end, move. Nothing in the graph changes. A step that cannot be is a
    problem whose `step` says which."""

    async def make() -> Content:
        data = await _outcome(reply, scenario)
        if params.against is not None:
            other = await named_scenario(reply.services.seeds_dir, params.against)
            data["against"] = against(data, await _outcome(reply, other))
        return _content(reply, data, None, [])

    return await reply.once(make)


async def _outcome(reply: Replying, scenario: Scenario) -> dict[str, Any]:
    """What a scenario does, with the scores before and after. Raises BadScenario."""
    services = reply.services
    return await what_if(services.store, services.questions, services.scoring, scenario, reply.revision)


def _content(
    reply: Replying, data: dict[str, Any], name: str | None, others: list[str], form: dict[str, Any] | None = None
) -> Content:
    beside = {
        "form": form,
        "facts": {fact["id"]: fact for fact in data["evidence"]},
        "name": name,
        "others": others,
        "outcome": data,
    }
    return Content(data, data["effects"], reply.revision, "scenario.html", page=beside)


def _form(request: Request, params: StepParams, rows: list[Row], error: ServiceError | None) -> Response:
    """The form alone, with what is wrong where something is, and what may have been meant."""
    extra = error.extra if error else {}
    meant = with_addresses(request, extra.get("given") or "", extra.get("candidates") or extra.get("nearest") or [])
    shown = {"form": params.fields(rows), "error": error.detail if error else None, "meant": meant}
    content = page("scenario_form.html", **shown)
    return Response(content, error.status if error else 200, {"Cache-Control": "no-store"}, MEDIA["html"])
