"""Content negotiation: picks the form (JSON, CSV or a page), and answers at once what is cached and still true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.runtime.response_cache import Body, ResponseCache
from service.runtime.revision import RevisionWatcher

Form = Literal["json", "csv", "html"]

_ENDINGS: Mapping[str, Form] = {".json": "json", ".csv": "csv", ".html": "html"}
_AS_THEY_ARE = ("/openapi.json", "/static/", "/docs", "/redoc")


class ContentNegotiation:
    """ASGI: /ask.csv is /ask with the form CSV; without an ending the Accept header decides, else JSON."""

    def __init__(self, app: ASGIApp, responses: ResponseCache, revision_watcher: RevisionWatcher) -> None:
        self.app = app
        self._responses = responses
        self._watcher = revision_watcher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_AS_THEY_ARE):
            await self.app(scope, receive, send)
            return
        path, form = _form(scope)
        key = f"{form} {path}?{normalised(scope['query_string'])}"
        if scope["method"] in {"GET", "HEAD"} and (body := self._responses.get(key, self._watcher.revision)):
            await send_body(scope, send, body)
            return
        inner = dict(scope) | {"path": path, "raw_path": path.encode(), "joinedup.form": form, "joinedup.key": key}
        inner["joinedup.ending"] = scope["path"][len(path) :]
        if scope["method"] == "HEAD":
            inner["method"], send = "GET", _headers_only(send)
        await self.app(inner, receive, send)


def _headers_only(send: Send) -> Send:
    """HEAD is GET without the body (RFC 9110, 2022)."""

    async def sending(message: Message) -> None:
        body = message["type"] == "http.response.body"
        await send({**message, "body": b""} if body else message)

    return sending


def normalised(query: bytes) -> str:
    """A query string whose order does not matter."""
    return urlencode(sorted(parse_qsl(query.decode("latin-1"), keep_blank_values=True)))


async def send_body(scope: Scope, send: Send, body: Body) -> None:
    """Send a finished answer, or 304 where the client has it."""
    headers = [
        (b"etag", body.etag.encode()),
        (b"cache-control", b"no-cache"),
        (b"vary", b"Accept"),
        (b"x-revision", body.revision.encode()),
    ]
    asked = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
    if asked is not None and _matches(asked.decode("latin-1"), body.etag):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers += [
        (b"content-type", body.media_type.encode()),
        (b"content-length", str(len(body.content)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body.content})


def _matches(asked: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    return "*" in tags or etag in tags


def form_of(scope: Scope) -> Form:
    """The form that a request asks for."""
    return _form(scope)[1]


def _form(scope: Scope) -> tuple[str, Form]:
    path: str = scope["path"]
    for ending, form in _ENDINGS.items():
        if path.endswith(ending):
            return path.removesuffix(ending) or "/", form
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"").decode("latin-1")
    return path, _accepted(accept)


def _accepted(accept: str) -> Form:
    """The form that an Accept header likes best (RFC 9110, 2022); JSON where it does not care."""
    best: tuple[float, Form] = (0.0, "json")
    for part in accept.split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        weight = float(quality) if quality.replace(".", "", 1).isdigit() else 0.0
        form: Form | None = {
            "text/html": "html",
            "application/xhtml+xml": "html",
            "text/csv": "csv",
            "application/json": "json",
            "application/problem+json": "json",
        }.get(kind)  # type: ignore[assignment]
        if form and weight > best[0]:
            best = (weight, form)
    return best[1]
