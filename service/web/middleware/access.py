"""Access, checked first: which hosts are served, how long and how often a request may be, and whose key it bears.

On loopback, and while there never was a key, nothing is asked for but a host name of this machine; see SECURITY.md for
what is not defended.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from prometheus_client import Counter, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Asgi

from service.access.keys import Key, KeyRing, Scope
from service.errors import Forbidden, ServiceError, TooLong, TooMuch, TooOften, Unauthorized, WrongHost
from service.web.middleware.negotiation import form_of
from service.web.problems import problem_of

access = logging.getLogger("joinedup.access")

COOKIE = "joinedup_key"
MOST_URL = 16_384
_MOST_HOSTS = 100

KNOWN = "joinedup.known"
"""In the scope of a request: whether its sender may see everything. What is open to all tells others no details."""

_OPEN = frozenset({"/healthz", "/readyz", "/login"})
_FREE = "/static/"
_ANALYSTS = ("/cypher",)
_RATE, _CYPHER_RATE = parse("600/minute"), parse("60/minute")
"""Where keys are asked for and no other rates are set."""

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
)

_REQUESTS = Counter("joinedup_requests", "Requests by key (its name only), part and status.", ["key", "part", "status"])
_SECONDS = Histogram("joinedup_request_seconds", "Seconds until an answer is finished.", ["part"])
_PARTS = frozenset(
    {
        *("ask", "queries", "entities", "facts", "sources", "scores", "funding", "changes", "scenarios", "cypher"),
        *("map", "suggest", "static", "docs", "metrics", "healthz", "readyz", "login", "openapi"),
    }
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is let through."""

    hosts: frozenset[str]
    """Names in the Host header that are served; `*` serves any."""

    keys: KeyRing
    reached: bool
    """Whether other machines reach it: keys are asked for then, even where there is none."""

    rate: RateLimitItem | None
    cypher_rate: RateLimitItem | None
    body_limit: int

    @property
    def asked(self) -> bool:
        """Whether keys are asked for: of other machines always, on this one as soon as there is a key."""
        return self.reached or self.keys.asked_for


class AccessControl:
    """ASGI, outermost."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self._rules = rules
        self._served: set[bytes] = set()
        """Host headers that were looked at and found good."""
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Asgi, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        extra: list[tuple[bytes, bytes]] = []
        who, status, body = "-", 500, _Measured(receive, self._rules.body_limit)

        async def sending(message: Message) -> None:
            nonlocal status
            if body.too_long:
                return  # whatever the application makes of half a body, the answer is 413
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_HEADERS, *extra]
            await send(message)

        try:
            key = self._admit(scope, extra)
            who = key.name if key else "-"
            await self.app(scope, body, sending)
            body.check()
        except (Unauthorized, Forbidden, WrongHost, TooLong, TooMuch, TooOften) as error:
            body.too_long = False
            await self._refuse(error, scope, receive, sending)
        finally:
            _count(who, part_of(scope["path"]), status, time.perf_counter() - started)
            access.info("%s %s %s %s", who, scope["method"], scope["path"], status)

    def _admit(self, scope: Asgi, extra: list[tuple[bytes, bytes]]) -> Key | None:
        """The key of a request. Raises what it is refused for."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        self._check_host(headers.get(b"host", b""))
        if len(scope["path"]) + len(scope["query_string"]) > MOST_URL:
            raise TooLong(f"an address of more than {MOST_URL:,} characters")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._rules.body_limit:
            raise TooMuch(f"a body of more than {self._rules.body_limit:,} bytes")
        address = (scope.get("client") or ("-", 0))[0]
        asked = self._rules.asked
        rate = self._rules.rate or (_RATE if asked else None)
        self._check_rate(f"address {address}", rate, extra)
        path = scope["path"]
        key = self._key(scope, headers) if asked else None
        scope[KNOWN] = key is not None or not asked
        if not asked or path in _OPEN or path.startswith(_FREE):
            return key
        if key is None:
            raise Unauthorized("send a key as `Authorization: Bearer ...`; `joinedup keys add` makes one")
        analysts = path.startswith(_ANALYSTS)
        needed = Scope.CYPHER if analysts else Scope.READ
        if needed not in key.scopes:
            raise Forbidden(f"the key {key.name!r} lacks the scope {needed.value!r}")
        self._check_rate(f"key {key.id}", self._rules.cypher_rate or _CYPHER_RATE if analysts else rate, extra)
        return key

    def _check_host(self, given: bytes) -> None:
        if given in self._served:
            return
        said = given.decode("latin-1")
        name = urlsplit(f"//{said}").hostname or ""
        if "*" not in self._rules.hosts and name not in self._rules.hosts:
            raise WrongHost(f"the host {said!r:.100} is not served here; JOINEDUP_ALLOWED_HOSTS lists those that are")
        if len(self._served) < _MOST_HOSTS:
            self._served.add(given)

    def _key(self, scope: Asgi, headers: Mapping[bytes, bytes]) -> Key | None:
        scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            token = ""
            cookie: SimpleCookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
            if COOKIE in cookie and (scope["method"] in {"GET", "HEAD"} or _same_origin(headers)):
                token = cookie[COOKIE].value
        return self._rules.keys.find(token.strip()) if token else None

    def _check_rate(self, who: str, rate: RateLimitItem | None, extra: list[tuple[bytes, bytes]]) -> None:
        """Count a request, and set the headers that say what is left (draft-ietf-httpapi-ratelimit-headers)."""
        if rate is None:
            return
        allowed = self._limiter.hit(rate, who)
        window = self._limiter.get_window_stats(rate, who)
        wait = max(1, round(window.reset_time - time.time()))
        names = (
            (b"ratelimit-limit", rate.amount),
            (b"ratelimit-remaining", window.remaining),
            (b"ratelimit-reset", wait),
        )
        extra[:] = [(name, str(value).encode()) for name, value in names]
        if not allowed:
            raise TooOften(f"more than {rate.amount} requests in {rate.get_expiry()} seconds", retry_after=wait)

    async def _refuse(self, error: ServiceError, scope: Asgi, receive: Receive, send: Send) -> None:
        inner = dict(scope) | {"joinedup.form": form_of(scope)}
        response = problem_of(Request(inner, receive), error)
        if isinstance(error, Unauthorized):
            response.headers["WWW-Authenticate"] = 'Bearer realm="joinedup"'
        if isinstance(error, TooOften):
            response.headers["Retry-After"] = str(error.extra["retry_after"])
        await response(inner, receive, send)


class _Measured:
    """The body as it comes, counted: a length that is not announced is held to the limit too."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._seen = 0
        self.too_long = False

    def check(self) -> None:
        if self.too_long:
            raise TooMuch(f"a body of more than {self._limit:,} bytes")

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        self.too_long = self.too_long or self._seen > self._limit
        self.check()
        return message


def _same_origin(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a page of ours sent it: a cookie alone opens nothing that writes or computes."""
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin).netloc == headers.get(b"host")


def part_of(path: str) -> str:
    """The part of the service that a path belongs to: few enough to count by."""
    part = path.split("/", 2)[1].partition(".")[0]
    return part if part in _PARTS else "other" if part else "page"


@lru_cache(maxsize=1000)
def _counters(who: str, part: str, status: int) -> tuple[Counter, Histogram]:
    return _REQUESTS.labels(who, part, str(status)), _SECONDS.labels(part)


def _count(who: str, part: str, status: int, seconds: float) -> None:
    requests, timing = _counters(who, part, status)
    requests.inc()
    timing.observe(seconds)
