"""The gate: hosts, lengths, rates, keys and headers; and the keys themselves."""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.access.hosts import is_loopback
from service.access.keys import READING, KeyRing, Scope
from service.connection import Connection
from service.errors import BadParameter, StartError, UnknownResource
from service.graph.store import Store
from service.settings import Settings
from service.web.app import create_app
from service.web.middleware.access import part_of


def test_keys_are_kept_as_hashes_only(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys.json")
    assert not ring.usable
    key, token = ring.add("dashboard", (Scope.READ,), None)
    assert token not in (tmp_path / "keys.json").read_text()
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    found = ring.find(token)
    assert found is not None
    assert (found.name, found.scopes) == ("dashboard", ("read",))
    assert ring.find(token + "x") is None
    assert ring.find("") is None
    with pytest.raises(BadParameter, match="named 'dashboard' already"):
        ring.add("dashboard", (Scope.READ,), None)
    ring.revoke(key.id)
    assert ring.find(token) is None
    assert not ring.usable
    with pytest.raises(UnknownResource):
        ring.revoke("dashboard")


def test_keys_expire(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys.json")
    with pytest.raises(BadParameter, match="in the past"):
        ring.add("old", (Scope.READ,), date(2020, 1, 1))
    _, token = ring.add("soon", (Scope.READ,), date.today() + timedelta(days=2))
    assert ring.find(token) is not None
    content = json.loads((tmp_path / "keys.json").read_text())
    content["keys"][0]["expires"] = "2020-01-01"
    (tmp_path / "keys.json").write_text(json.dumps(content))
    assert ring.find(token) is None, "the file is read again when it changes"
    (tmp_path / "keys.json").write_text("{")
    with pytest.raises(StartError, match="not a file of keys"):
        ring.listed()


@pytest.mark.parametrize(
    ("host", "there"),
    [
        *(("127.0.0.1", True), ("127.3.2.1", True), ("::1", True), ("localhost", True)),
        *(("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("example.org", False)),
    ],
)
def test_what_is_loopback(host: str, there: bool) -> None:
    assert is_loopback(host) is there


class Guarded:
    """A service that other machines reach."""

    def __init__(self, http: httpx.AsyncClient, ring: KeyRing) -> None:
        self.http = http
        self.ring = ring
        self.read = ring.add("reader", (Scope.READ,), None)[1]
        self.both = ring.add("analyst", (Scope.READ, Scope.CYPHER), None)[1]


@pytest.fixture(scope="module")
async def guarded(
    store: Store, connection: Connection, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    settings = Settings(
        cache_dir=folder,
        data_dir=folder,
        host="0.0.0.0",
        allowed_hosts="joined.example, other.example",  # type: ignore[arg-type]
        cors_origins="https://dashboard.example",  # type: ignore[arg-type]
        rate="60/minute",
        cypher_rate="3/minute",
        body_limit_kb=16,
    )
    async with asked(settings, connection, "10.0.0.1", "http://joined.example") as http:
        yield Guarded(http, KeyRing(settings.keys_path))


@asynccontextmanager
async def asked(settings: Settings, connection: Connection, client: str, base: str) -> AsyncIterator[httpx.AsyncClient]:
    app = inner = create_app(settings, connection)
    while not isinstance(inner, FastAPI):
        inner = inner.app  # type: ignore[attr-defined]
    async with inner.router.lifespan_context(inner):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url=base) as http:
            yield http


@asynccontextmanager
async def on_loopback(
    folder: Path, connection: Connection, given: str | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A service that this machine alone reaches, a proxy on it included."""
    settings = Settings(cache_dir=folder, data_dir=folder, host="127.0.0.1", key=given)  # type: ignore[arg-type]
    async with asked(settings, connection, "127.0.0.1", "http://127.0.0.1") as http:
        yield http


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return dict(answer.json())


async def test_nothing_opens_without_a_key(guarded: Guarded) -> None:
    for path in ("/facts", "/metrics", "/docs", "/openapi.json", "/entities", "/nowhere"):
        answer = await guarded.http.get(path, headers={"accept": "application/json"})
        problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    problem(await guarded.http.get("/facts", headers=bearer("joinedup_wrong")), 401)
    problem(await guarded.http.get("/facts", headers={"authorization": f"Basic {guarded.read}"}), 401)
    assert (await guarded.http.get("/healthz")).status_code == 200
    assert (await guarded.http.get("/readyz")).json() == {"status": "ready"}
    assert (await guarded.http.get("/facts", headers=bearer(guarded.read))).status_code == 200
    assert (await guarded.http.get("/metrics", headers=bearer(guarded.read))).status_code == 200


async def test_scopes(guarded: Guarded) -> None:
    body = {"statement": "RETURN 1 AS x"}
    answer = await guarded.http.post("/cypher", json=body, headers=bearer(guarded.read))
    assert "lacks the scope 'cypher'" in problem(answer, 403)["detail"]
    answers = [await guarded.http.post("/cypher", json=body, headers=bearer(guarded.both)) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit-limit"] == "3"
    assert answers[0].headers["ratelimit-remaining"] == "2"
    assert int(answers[3].headers["retry-after"]) >= 1
    problem(answers[3], 429)


async def test_a_key_stands_by_its_name_only(guarded: Guarded) -> None:
    await guarded.http.get("/facts", headers=bearer(guarded.read))
    metrics = (await guarded.http.get("/metrics", headers=bearer(guarded.read))).text
    assert 'joinedup_requests_total{key="reader",part="facts",status="200"}' in metrics
    assert guarded.read not in metrics


async def test_hosts_lengths_and_headers(guarded: Guarded) -> None:
    good = bearer(guarded.read)
    assert (
        "not served" in problem(await guarded.http.get("/facts", headers=good | {"host": "evil.example"}), 421)["title"]
    )
    assert (await guarded.http.get("/facts", headers=good | {"host": "other.example:8000"})).status_code == 200
    problem(await guarded.http.get("/facts?subject=" + "x" * 20_000, headers=good), 414)
    long = {"statement": "RETURN 1", "parameters": {"x": "y" * 20_000}}
    problem(await guarded.http.post("/cypher", json=long, headers=bearer(guarded.both)), 413)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 1024

    answer = await guarded.http.post(
        "/scenarios", content=chunks(), headers=good | {"content-type": "application/json"}
    )
    assert answer.status_code == 413, "a length that is not announced is held to the limit too"
    page = await guarded.http.get("/facts.html", headers=good)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-frame-options"] == "DENY"


async def test_other_origins_read_only_where_they_are_listed(guarded: Guarded) -> None:
    good = bearer(guarded.read)
    known = await guarded.http.get("/facts", headers=good | {"origin": "https://dashboard.example"})
    assert known.headers["access-control-allow-origin"] == "https://dashboard.example"
    other = await guarded.http.get("/facts", headers=good | {"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


async def test_a_browser_comes_in_with_a_cookie(guarded: Guarded) -> None:
    page = await guarded.http.get("/", headers={"accept": "text/html"})
    assert page.status_code == 401
    assert "/login" in page.text
    assert (await guarded.http.post("/login", data={"key": "wrong"})).status_code == 401
    come = await guarded.http.post("/login", data={"key": guarded.read})
    assert come.status_code == 303
    cookie = come.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    guarded.http.cookies.clear()
    bearing = {"cookie": cookie.split(";")[0]}
    assert (await guarded.http.get("/facts", headers=bearing)).status_code == 200
    steps = {"title": "x", "steps": [{"end": "UP2U"}]}
    foreign = await guarded.http.post("/scenarios", json=steps, headers=bearing | {"origin": "https://evil.example"})
    assert foreign.status_code == 401, "another site's page cannot use it"
    own = await guarded.http.post("/scenarios", json=steps, headers=bearing | {"origin": "http://joined.example"})
    assert own.status_code == 200


async def test_too_often(guarded: Guarded) -> None:
    for _ in range(70):
        answer = await guarded.http.get("/facts", headers=bearer(guarded.read))
    assert answer.status_code == 429
    assert answer.headers["ratelimit-remaining"] == "0"


async def test_whoever_sets_a_key_gets_keys_asked_for_on_loopback_too(
    store: Store, connection: Connection, tmp_path: Path
) -> None:
    given = "a key for a container and a proxy"
    async with on_loopback(tmp_path, connection, given) as http:
        for path in ("/", "/facts", "/metrics", "/docs", "/openapi.json", "/cypher", "/map", "/scores/organisations"):
            problem(await http.get(path, headers={"accept": "application/json"}), 401)
        assert (await http.get("/facts", headers=bearer(given))).status_code == 200
        body = {"statement": "RETURN 1 AS x"}
        limited = await http.post("/cypher", json=body, headers=bearer(given))
        assert (limited.status_code, limited.headers["ratelimit-limit"]) == (200, "60")
        assert (await http.get("/facts", headers=bearer(given))).headers["ratelimit-limit"] == "600"


async def test_a_key_counts_at_once_while_serving_on_loopback(
    store: Store, connection: Connection, tmp_path: Path
) -> None:
    ring = KeyRing(tmp_path / "keys.json")
    async with on_loopback(tmp_path, connection) as http:
        before = await http.get("/facts")
        assert (before.status_code, "ratelimit-limit" in before.headers) == (200, False)
        _, ann = ring.add("ann", READING, None)
        problem(await http.get("/facts", headers={"accept": "application/json"}), 401)
        assert (await http.get("/facts", headers=bearer(ann))).status_code == 200
        _, bob = ring.add("bob", (Scope.READ,), None)
        assert (await http.get("/facts", headers=bearer(bob))).status_code == 200
        problem(await http.post("/cypher", json={"statement": "RETURN 1"}, headers=bearer(bob)), 403)
        ring.revoke("bob")
        problem(await http.get("/facts", headers=bearer(bob)), 401)
        ring.revoke("ann")
        problem(await http.get("/facts", headers=bearer(ann)), 401)
        problem(await http.get("/facts", headers={"accept": "application/json"}), 401)
        ring.path.unlink()
        problem(await http.get("/facts", headers={"accept": "application/json"}), 401)


async def test_a_revoked_key_is_asked_for_after_a_start_too(
    store: Store, connection: Connection, tmp_path: Path
) -> None:
    ring = KeyRing(tmp_path / "keys.json")
    ring.add("ann", READING, None)
    ring.revoke("ann")
    async with on_loopback(tmp_path, connection) as http:
        problem(await http.get("/facts", headers={"accept": "application/json"}), 401)


async def test_login_works_on_loopback(store: Store, connection: Connection, tmp_path: Path) -> None:
    async with on_loopback(tmp_path, connection) as http:
        assert "Nothing is shut here" in (await http.get("/login")).text
        _, token = KeyRing(tmp_path / "keys.json").add("ann", READING, None)
        assert "A key is needed" in (await http.get("/login")).text
        assert (await http.get("/", headers={"accept": "text/html"})).status_code == 401
        assert (await http.post("/login", data={"key": "wrong"})).status_code == 401
        come = await http.post("/login", data={"key": token})
        assert come.status_code == 303
        bearing = {"cookie": come.headers["set-cookie"].split(";")[0], "accept": "text/html"}
        assert (await http.get("/", headers=bearing)).status_code == 200


async def test_probes_need_no_key_and_learn_no_details(store: Store, connection: Connection, tmp_path: Path) -> None:
    given = "a key for a container and a proxy"
    async with on_loopback(tmp_path, connection, given) as http:
        assert (await http.get("/healthz")).json() == {"status": "alive"}
        assert (await http.get("/readyz")).json() == {"status": "ready"}
        assert (await http.get("/readyz", headers=bearer("wrong"))).json() == {"status": "ready"}
        assert set((await http.get("/readyz", headers=bearer(given))).json()) == {"status", "revision"}


async def test_a_probe_without_a_key_is_not_told_why_it_is_not_ready(tmp_path: Path) -> None:
    nowhere, given = Connection("bolt://127.0.0.1:1", password="secret"), "a key for a container and a proxy"
    async with on_loopback(tmp_path, nowhere, given) as http:
        blind = problem(await http.get("/readyz"), 503)
        assert "127.0.0.1:1" not in json.dumps(blind)
        assert "127.0.0.1:1" in problem(await http.get("/readyz", headers=bearer(given)), 503)["detail"]


async def test_a_file_of_keys_that_breaks_while_serving(
    store: Store, connection: Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ring = KeyRing(tmp_path / "keys.json")
    _, token = ring.add("ann", READING, None)
    whole = ring.path.read_text()
    async with on_loopback(tmp_path, connection) as http:
        with caplog.at_level(logging.ERROR, "service.access.keys"):
            for broken in ("{", '{"keys": [{"id": "a"}]}', whole.replace('"expires": null', '"expires": "soon"')):
                ring.path.write_text(broken)
                assert (await http.get("/facts", headers=bearer(token))).status_code == 200
                problem(await http.get("/facts", headers={"accept": "application/json"}), 401)
        assert len(caplog.records) == 1, "once, not for each request"
        ring.path.write_text(whole)
        ring.revoke("ann")
        problem(await http.get("/facts", headers=bearer(token)), 401)
    ring.path.write_text("{")
    with pytest.raises(StartError, match="not a file of keys"):
        create_app(Settings(cache_dir=tmp_path, data_dir=tmp_path, key=None), connection)


def test_the_key_of_the_environment_reads_and_runs_cypher_only(tmp_path: Path) -> None:
    found = KeyRing(tmp_path / "keys.json", "a key for a container").find("a key for a container")
    assert found is not None
    assert found.scopes == ("read", "cypher")


def test_a_file_of_the_same_length_at_the_same_time_is_read_again(tmp_path: Path) -> None:
    ring, other = KeyRing(tmp_path / "keys.json"), KeyRing(tmp_path / "keys.json")
    _, token = ring.add("ann", READING, None)
    state = ring.path.stat()
    assert other.find(token) is not None
    content = json.loads(ring.path.read_text())
    content["keys"][0]["hash"] = "0" * 64
    (part := tmp_path / "part").write_text(json.dumps(content, indent=2))
    os.utime(part, ns=(state.st_atime_ns, state.st_mtime_ns))
    part.replace(ring.path)
    assert other.find(token) is None


async def test_on_loopback_nothing_is_asked_but_a_host_of_its_own(client: httpx.AsyncClient) -> None:
    assert (await client.get("/facts")).status_code == 200
    assert (await client.get("/facts", headers={"host": "rebound.example"})).status_code == 421
    head = await client.head("/facts")
    assert (head.status_code, head.content) == (200, b"")
    for path in ("/docs", "/docs/problems"):
        page = await client.get(path)
        assert page.status_code == 200
        assert "http://" not in page.text.replace("http://127.0.0.1", "")
        assert "<script>" not in page.text


def test_every_part_of_the_service_is_counted_by_its_name(client: httpx.AsyncClient) -> None:
    """What is not on the list is counted as other: the map and suggestions were."""
    application = client._transport.app  # type: ignore[attr-defined]
    while not isinstance(application, FastAPI):
        application = application.app
    parts = {route.path.split("/")[1] for route in application.routes if getattr(route, "path", "/") != "/"}
    assert {part for part in parts if part_of(f"/{part}") == "other"} == set()
