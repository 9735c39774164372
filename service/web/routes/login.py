"""Where a browser gives its key: a cookie that only this service gets, and no script can read."""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from service.web.middleware.access import COOKIE, KNOWN
from service.web.rendering import page

router = APIRouter(include_in_schema=False)

_DAYS = 30


@router.get("/login")
async def form(request: Request) -> Response:
    known = request.scope[KNOWN]
    return Response(page("login.html", wrong=False, known=known), media_type="text/html; charset=utf-8")


@router.post("/login")
async def login(request: Request) -> Response:
    given = parse_qs((await request.body()).decode("utf-8", "replace")).get("key", [""])[0].strip()
    if request.app.state.keys.find(given) is None:
        shown = page("login.html", wrong=True, known=False)
        return Response(shown, 401, media_type="text/html; charset=utf-8")
    answer = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, given, max_age=_DAYS * 86400, httponly=True, samesite="strict", secure=secure, path="/")
    return answer
