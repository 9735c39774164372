"""The application: routes, errors, and what lives as long as the service does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from limits import parse
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Lifespan

from service.access.hosts import is_loopback, served_hosts
from service.access.keys import KeyRing
from service.answers.ask import Questions
from service.answers.catalog import Catalog, check_catalog, read_catalog
from service.connection import Connection
from service.graph.store import Store
from service.network.compute import Scoring
from service.runtime.response_cache import ResponseCache
from service.runtime.revision import RevisionWatcher
from service.sandbox.execution import Sandbox
from service.settings import Settings
from service.web.middleware.access import AccessControl, Rules
from service.web.middleware.negotiation import ContentNegotiation
from service.web.problems import add_problems
from service.web.rendering import HERE
from service.web.responses import Services
from service.web.routes import (
    answers,
    changes,
    cypher,
    docs,
    entities,
    facts,
    funding,
    home,
    login,
    map,
    scenarios,
    scores,
    sources,
    suggest,
)
from service.web.schemas import Problem

ROUTES = (
    *(home, answers, suggest, entities, facts, sources, scores, map, changes, funding, scenarios),
    *(cypher, docs, login),
)


def create_app(settings: Settings, connection: Connection) -> ASGIApp:
    """The service on one Neo4j.

    Raises StatementErrors at start where a file of cypher/read is wrong, StartError where that of keys is.
    """
    rules = _rules(settings)
    services = _services(settings, connection)
    app = FastAPI(
        title="joinedup",
        summary="Who works with whom in public service, with the sentence that says so.",
        version="0.1.0",
        lifespan=_lifespan(settings, connection, services, rules.keys),
        docs_url=None,
        redoc_url=None,
    )
    add_problems(app)
    for module in ROUTES:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    _document_problems(app)
    return AccessControl(_negotiated(app, services, settings), rules)


def _services(settings: Settings, connection: Connection) -> Services:
    store = Store(connection)
    catalog = read_catalog()
    return Services(
        store=store,
        catalog=catalog,
        questions=Questions(store, catalog, row_limit=settings.row_limit, timeout=settings.query_timeout),
        scoring=Scoring(store),
        sandbox=Sandbox(store, at_once=settings.cypher_at_once, timeout=settings.query_timeout),
        revision_watcher=RevisionWatcher(store),
        responses=ResponseCache(settings.cache_megabytes * 1_000_000),
        row_limit=settings.row_limit,
        browser=connection.browser,
        seeds_dir=settings.seeds_dir,
    )


def _lifespan(settings: Settings, connection: Connection, services: Services, keys: KeyRing) -> Lifespan[FastAPI]:
    """What begins and ends with the service."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await services.revision_watcher.start()
        if services.revision_watcher.revision is not None:
            await _check(connection, services.catalog, settings)
        app.state.keys = keys
        app.state.services = services
        yield
        await services.revision_watcher.stop()
        services.scoring.close()
        await services.store.close()

    return lifespan


def _negotiated(app: ASGIApp, services: Services, settings: Settings) -> ASGIApp:
    """The application with the form of its answers chosen, and with cross-origin requests where they are let in."""
    negotiated = ContentNegotiation(app, services.responses, services.revision_watcher)
    if not settings.cors_origins:
        return negotiated
    return CORSMiddleware(
        negotiated,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", "if-none-match"],
        expose_headers=["etag", "x-revision"],
    )


async def _check(connection: Connection, catalog: Catalog, settings: Settings) -> None:
    """Let Neo4j plan the queries that it has not planned yet; a cold one may take its time."""
    store = Store(connection, limited=False)
    try:
        await check_catalog(catalog, store, settings.cache_dir)
    finally:
        await store.close()


def _rules(settings: Settings) -> Rules:
    """What is let through. Raises StartError where the file of keys is none."""
    keys = KeyRing(settings.keys_path, settings.secret_key)
    keys.listed()
    return Rules(
        hosts=served_hosts(settings.host, settings.allowed_hosts),
        keys=keys,
        reached=not is_loopback(settings.host),
        rate=parse(settings.rate) if settings.rate else None,
        cypher_rate=parse(settings.cypher_rate) if settings.cypher_rate else None,
        body_limit=settings.body_limit_kb * 1024,
    )


def _document_problems(app: FastAPI) -> None:
    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
            schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
