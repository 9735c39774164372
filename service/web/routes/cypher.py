"""Analysts' Cypher over HTTP: any statement that reads, as JSON, CSV or a stream of lines."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import Field
from starlette.responses import StreamingResponse

from service.charts.result import graph_of
from service.errors import BadParameter, ServiceError
from service.exports.rows import csv_cell
from service.graph.cypher_files import text
from service.sandbox.execution import Sandbox
from service.sandbox.lexical_checks import MOST_CHARACTERS
from service.sandbox.values import as_json, as_text
from service.web.rendering import MEDIA, highlighted, page
from service.web.responses import Serving
from service.web.schemas import CypherModel, Strict, documented

router = APIRouter(tags=["analysts"])

NDJSON = "application/x-ndjson"
MOST_ROWS = 100_000
_BATCH = 200
_MOST_BYTES = 64_000_000


class CypherBody(Strict):
    statement: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS, description="Cypher that reads.")]
    parameters: Annotated[dict[str, Any], Field(default_factory=dict, description="Values of its $parameters.")]
    limit: Annotated[
        int, Field(ge=1, le=MOST_ROWS, description="Rows at most; `truncated` says whether more were cut.")
    ] = 1000
    plan: Annotated[bool, Field(description="Give the plan and do not run it.")] = False


class CypherParams(Strict):
    statement: Annotated[str | None, Field(max_length=MOST_CHARACTERS, description="Cypher that reads.")] = None
    parameters: Annotated[str, Field(max_length=MOST_CHARACTERS, description="Values of its $parameters, as JSON.")] = (
        ""
    )
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows at most.")] = 200

    def body(self) -> CypherBody:
        """Raises BadParameter where the parameters are no JSON object."""
        try:
            given = orjson.loads(self.parameters.strip() or "{}")
        except orjson.JSONDecodeError as error:
            raise BadParameter(f"parameters: no JSON: {error}") from None
        if not isinstance(given, dict):
            raise BadParameter('parameters: write an object, as in {"body": "winchester-city-council"}')
        return CypherBody(statement=self.statement or "", parameters=given, limit=self.limit)


@router.get(
    "/cypher", responses=documented(CypherModel, 403, 429, 504), summary="The same from an address, as the page does it"
)
async def from_address(params: Annotated[CypherParams, Query()], request: Request, services: Serving) -> Response:
    """Without a statement: a page to write one on."""
    if params.statement is not None and params.statement.strip():
        return await run(params.body(), request, services)
    if request.scope["joinedup.form"] != "html":
        raise BadParameter("statement is missing")
    return _page(services.browser, None, None)


@router.get("/cypher/highlighted", include_in_schema=False)
async def coloured(params: Annotated[CypherParams, Query()]) -> Response:
    """The statement with its words marked by sort, for the editor of the page."""
    return Response(highlighted(params.statement or ""), media_type=MEDIA["html"])


@router.post(
    "/cypher",
    responses=documented(CypherModel, 403, 429, 504)
    | {200: {"model": CypherModel, "content": {"text/csv": {}, NDJSON: {}, "text/html": {}}}},
    summary="Run Cypher that reads",
)
async def run(body: Annotated[CypherBody, Body()], request: Request, services: Serving) -> Response:
    """Rows, columns and types; `truncated` where rows were cut.

    Accept: text/csv gives a table, application/x-ndjson one JSON object a line as they are read. What JSON has no
    type for is `{"$type", "_value"}`, as in Neo4j's Query API. A statement that nobody waits for is stopped."""
    if NDJSON in request.headers.get("accept", ""):
        return await _stream(services.sandbox, body, request)
    form = request.scope["joinedup.form"]
    working = asyncio.ensure_future(_collected(services.sandbox, body, 0 if form == "json" else body.limit))
    data = await _unless_left(request, working)
    headers = {"Cache-Control": "no-store"}
    if form == "csv":
        return Response(_as_csv(data), media_type="text/csv; charset=utf-8", headers=headers)
    if form == "html":
        return _page(services.browser, body, data)
    del data["cells"], data["seen"]
    return Response(orjson.dumps(data), media_type="application/json", headers=headers)


async def _unless_left(request: Request, working: asyncio.Future[dict[str, Any]]) -> dict[str, Any]:
    """The result, or nothing where the client hangs up first: what it asked for is then stopped."""

    async def left() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    leaving: asyncio.Future[Any] = asyncio.ensure_future(left())
    waited: set[asyncio.Future[Any]] = {working, leaving}
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise BadParameter("nobody waits for the answer any more")
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _collected(sandbox: Sandbox, body: CypherBody, shown: int) -> dict[str, Any]:
    """The answer, cut by rows and by bytes; `cells` are its first rows as text, for a table."""
    async with sandbox.passing(body.statement, body.parameters, limit=body.limit, plan_only=body.plan) as passing:
        rows: list[orjson.Fragment] = []
        cells: list[list[Any]] = []
        seen: list[list[Any]] = []
        size, cut = 0, False
        async for row in passing.rows:
            if size > _MOST_BYTES:
                cut = True
                break
            line = orjson.dumps([as_json(value) for value in row])
            size += len(line)
            rows.append(orjson.Fragment(line))
            if len(cells) < shown:
                cells.append([as_text(value) for value in row])
                seen.append(row)
    return {
        "columns": list(passing.columns),
        "types": passing.types,
        "rows": rows,
        "truncated": passing.truncated or cut,
        "seconds": round(passing.seconds, 4),
        "plan": passing.plan.root.as_json() if body.plan and passing.plan.root else None,
        "cells": cells,
        "seen": seen,
    }


async def _stream(sandbox: Sandbox, body: CypherBody, request: Request) -> Response:
    """Rows as lines, as they are read. What goes wrong before the first is a problem; after it, a last line says so."""
    stack = AsyncExitStack()
    passing = await stack.enter_async_context(sandbox.passing(body.statement, body.parameters, limit=body.limit))

    async def lines() -> AsyncIterator[bytes]:
        try:
            batch = []
            async for row in passing.rows:
                named = {name: as_json(value) for name, value in zip(passing.columns, row, strict=True)}
                batch.append(orjson.dumps(named))
                if len(batch) == _BATCH:
                    yield b"\n".join(batch) + b"\n"
                    batch = []
            if batch:
                yield b"\n".join(batch) + b"\n"
            if passing.truncated:
                yield orjson.dumps({"$truncated": f"cut after {body.limit} rows: there are more"}) + b"\n"
        except ServiceError as error:
            yield orjson.dumps({"$problem": error.title, "detail": error.detail}) + b"\n"
        finally:
            await asyncio.shield(stack.aclose())

    return StreamingResponse(lines(), media_type=NDJSON, headers={"Cache-Control": "no-store"})


def _as_csv(data: dict[str, Any]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(data["columns"])
    writer.writerows([csv_cell(value) for value in row] for row in data["cells"])
    if data["truncated"]:
        writer.writerow([f"(cut after {len(data['cells'])} rows: there are more)"])
    return out.getvalue().encode("utf-8-sig")


def _page(browser: str | None, body: CypherBody | None, data: dict[str, Any] | None) -> Response:
    given = {
        "statement": body.statement if body else text("service/example").strip(),
        "parameters": orjson.dumps(body.parameters).decode() if body and body.parameters else "",
    }
    drawn, left_out = graph_of(data["seen"]) if data else (None, 0)
    content = page("cypher.html", **given, data=data, browser=browser, map=drawn, left_out=left_out)
    return Response(content, media_type=MEDIA["html"], headers={"Cache-Control": "no-store"})
