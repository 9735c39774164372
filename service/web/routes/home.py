"""The first page, and whether the service lives."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service.errors import StoreUnavailable
from service.graph.cypher_files import text
from service.web.middleware.access import KNOWN
from service.web.rendering import Content
from service.web.responses import Replying, Serving

router = APIRouter(tags=["service"])

EXAMPLES = (
    "Which partners share services with Winchester?",
    "Who funds superfast broadband?",
    "What made H3 possible?",
    "How much did the Home Office give to the Gosport pilot?",
    "Which bodies co-locate where?",
    "Is the Havant building the same as the Public Service Village?",
    "What is planned, proposed or hypothetical?",
)


@router.get("/", include_in_schema=False)
async def home(reply: Replying) -> Response:
    async def make() -> Content:
        table = await reply.services.store.read(text("service/counts"))
        counts = dict(zip(table.columns, table.rows[0], strict=True))
        links = {
            "ask": "/ask?q=",
            "queries": "/queries",
            "entities": "/entities",
            "facts": "/facts",
            "sources": "/sources",
        }
        data = {"name": "joinedup", "holds": counts, "links": links | {"docs": "/docs"}, "revision": table.revision}
        page = {"examples": EXAMPLES, "browser": reply.services.browser}
        return Content(data, [counts], reply.revision, "home.html", page=page)

    return await reply(make)


@router.get("/healthz", summary="Whether the service runs")
async def healthz() -> dict[str, str]:
    return {"status": "alive"}


@router.get(
    "/readyz", summary="Whether it can answer: 503 while Neo4j does not", responses={503: {"description": "Not ready."}}
)
async def readyz(services: Serving, request: Request) -> Response:
    """Without a key where keys are asked for: whether, but no details."""
    if request.scope[KNOWN]:
        return JSONResponse({"status": "ready", "revision": services.revision_watcher.current()})
    if services.revision_watcher.revision is None:
        raise StoreUnavailable("send a key to read why")
    return JSONResponse({"status": "ready"})


@router.get("/metrics", summary="Counters and timings for Prometheus", response_class=Response)
async def metrics(_: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
