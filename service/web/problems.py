"""Errors as RFC 9457 (2023) problems: one shape for all, also for those that FastAPI raises itself."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from service.errors import BadScenario, ServiceError, StoreUnavailable
from service.scenarios.document import explain, step_of
from service.web.asking_again import with_addresses
from service.web.rendering import page

log = logging.getLogger(__name__)

PROBLEM = "application/problem+json"


def problem(request: Request, status: int, title: str, detail: str, extra: dict[str, Any], slug: str) -> Response:
    """The problem in the form that was asked for; CSV has none of its own, so it gets JSON."""
    body = {
        "type": f"/docs/problems#{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    } | {key: value for key, value in extra.items() if value is not None}
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    if request.scope.get("joinedup.form") == "html":
        choices = {name: extra.get(name) or [] for name in ("candidates", "nearest")}
        return HTMLResponse(page("problem.html", **(body | choices)), status, headers)
    return JSONResponse(body, status, headers, media_type=PROBLEM)


def slug_of(kind: type[BaseException]) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in kind.__name__).strip("-")


async def _of_service(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    if isinstance(error, StoreUnavailable):
        log.warning("%s: %s", request.url.path, error.detail)
    return problem_of(request, error)


def problem_of(request: Request, error: ServiceError) -> Response:
    extra = dict(error.extra)
    for name in ("candidates", "nearest"):
        if extra.get(name):
            extra[name] = with_addresses(request, str(extra.get("given") or ""), extra[name])
    return problem(request, error.status, error.title, error.detail, extra, slug_of(type(error)))


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    detail = {
        404: f"nothing is at {request.url.path}; / leads to everything, /docs lists it",
        405: f"{request.method} is not for {request.url.path}",
    }.get(error.status_code, str(error.detail))
    response = problem(request, error.status_code, phrase, detail, {}, phrase.lower().replace(" ", "-"))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if (step := step_of(error.errors()[0]["loc"])) is not None:
        detail = f"step {step}: {explain(error.errors()[0])}"
        return problem(request, 422, BadScenario.title, detail, {"step": step}, "bad-scenario")
    errors = [
        {"parameter": ".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0]), "message": each["msg"]}
        for each in error.errors()
    ]
    detail = "; ".join(f"{each['parameter']}: {_friendly(each['message'])}" for each in errors)
    return problem(request, 422, "A parameter is wrong", detail, {"errors": errors}, "bad-parameter")


def _friendly(message: str) -> str:
    return "there is no such parameter here" if message.startswith("Extra inputs") else message


async def _of_bug(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = "this is a fault of the service, not of the request; it has been logged"
    return problem(request, 500, "Something went wrong", detail, {}, "internal-error")


def add_problems(app: FastAPI) -> None:
    app.add_exception_handler(ServiceError, _of_service)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(Exception, _of_bug)
