"""The watch over the graph's revision outlives whatever its looks raise, and says what is wrong meanwhile."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from service.connection import Connection
from service.errors import StoreUnavailable
from service.graph.store import Store, Writing
from service.runtime import revision as watching
from service.runtime.revision import FRESH_SECONDS, RevisionWatcher
from service.settings import Settings
from service.web import app as web
from tests.waiting import LONG, until


class FaultyStore(Store):
    """The store, whose looks at the revision raise what a test wants, or hang."""

    fault: BaseException | None = None
    hangs = False
    looks = 0

    async def revision(self) -> str:
        type(self).looks += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.fault is not None:
            raise self.fault
        return await super().revision()


@pytest.fixture(autouse=True)
def _without_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FaultyStore, "fault", None)
    monkeypatch.setattr(FaultyStore, "hangs", False)
    monkeypatch.setattr(watching, "WATCH_SECONDS", 0.01)
    monkeypatch.setattr(watching, "_LONGEST_WAIT", 0.02)
    monkeypatch.setattr(watching, "_LOOK_SECONDS", LONG)


async def looked(times: int) -> None:
    wanted = FaultyStore.looks + times

    async def looks() -> bool:
        return FaultyStore.looks >= wanted

    await until(looks, "somebody looked again")


@pytest.mark.parametrize(
    "fault",
    [RuntimeError("the pool is closed"), KeyError("code"), AssertionError(), asyncio.CancelledError(), MemoryError()],
    ids=lambda fault: type(fault).__name__,
)
async def test_any_error_is_survived_and_told(
    connection: Connection, fault: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, watching.log.name)
    store = FaultyStore(connection)
    watch = RevisionWatcher(store, lambda: 0.0)
    await watch.start()
    try:
        revision = watch.current()
        FaultyStore.fault = fault
        await looked(4)
        assert watch.revision is None
        with pytest.raises(StoreUnavailable, match=type(fault).__name__):
            watch.current()
        FaultyStore.fault = None
        await looked(2)
        assert watch.current() == revision
    finally:
        await watch.stop()
        await store.close()
    said = [record.getMessage() for record in caplog.records]
    assert [" ".join(line.split()[:3]) for line in said] == [
        "Neo4j answers, at",
        "The graph cannot",
        "Neo4j answers, at",
    ], "one line a change of state"
    assert type(fault).__name__ in said[1]


async def test_a_look_that_hangs_leaves_nothing_known(connection: Connection) -> None:
    """Whether the look hangs or this process was held up: what was seen is not true for ever."""
    now = 1000.0
    store = FaultyStore(connection)
    watch = RevisionWatcher(store, lambda: now)
    await watch.start()
    try:
        revision = watch.current()
        FaultyStore.hangs = True
        await looked(1)
        now += FRESH_SECONDS + 1
        assert watch.revision is None
        with pytest.raises(StoreUnavailable, match="6 seconds ago"):
            watch.current()
    finally:
        await watch.stop()
    FaultyStore.hangs = False
    assert await watch.now() == revision, "who asks after a while in which nobody looked, looks"
    await store.close()


async def test_a_look_that_hangs_is_given_up(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_LOOK_SECONDS", 0.05)
    store = FaultyStore(connection)
    watch = RevisionWatcher(store, lambda: 0.0)
    FaultyStore.hangs = True
    await watch.start()
    with pytest.raises(StoreUnavailable, match="in time"):
        watch.current()
    FaultyStore.hangs = False
    monkeypatch.setattr(watching, "_LOOK_SECONDS", LONG)
    await looked(2)
    try:
        assert watch.current() == await store.revision()
    finally:
        await watch.stop()
        await store.close()


async def test_the_service_says_503_and_heals(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "Store", FaultyStore)
    monkeypatch.setattr(watching, "FRESH_SECONDS", LONG)
    front = inner = web.create_app(Settings(allowed_hosts=("t",)), connection)
    while not isinstance(inner, FastAPI):
        inner = inner.app  # type: ignore[attr-defined]
    transport = httpx.ASGITransport(app=front, raise_app_exceptions=False)
    async with (
        inner.router.lifespan_context(inner),
        httpx.AsyncClient(transport=transport, base_url="http://t") as http,
    ):
        paths = ("/sources.json", "/readyz")
        assert [(await http.get(path)).status_code for path in paths] == [200, 200]
        FaultyStore.fault = RuntimeError("database needs to be restarted")
        await looked(3)
        for path in paths:
            response = await http.get(path)
            assert (response.status_code, response.headers["retry-after"]) == (503, "1"), path
            assert "database needs to be restarted" in response.json()["detail"]
        assert (await http.get("/healthz")).status_code == 200
        FaultyStore.fault = None
        await looked(2)
        assert [(await http.get(path)).status_code for path in paths] == [200, 200]


async def test_a_wrong_password_and_the_login_limit_after_it_are_survived(connection: Connection) -> None:
    system = Store(replace(connection, database="system"))
    await _run(system, "CREATE USER watchful SET PASSWORD 'right-secret' CHANGE NOT REQUIRED")
    store = Store(replace(connection, username="watchful", password="wrong-secret"))
    watch, said = RevisionWatcher(store, lambda: 0.0), set[str]()
    try:
        await watch.start()

        async def both_said() -> bool:
            with pytest.raises(StoreUnavailable, match="NEO4J_PASSWORD") as caught:
                watch.current()
            said.add(caught.value.detail)
            return len(said) == 2

        await until(both_said, "a refused login and the limit were both told")
        await _run(system, "ALTER USER watchful SET PASSWORD 'wrong-secret' CHANGE NOT REQUIRED")

        async def healed() -> bool:
            return watch.revision is not None

        await until(healed, "the right password was found")
        assert watch.current()
    finally:
        await watch.stop()
        await store.close()
        await _run(system, "DROP USER watchful")
        await system.close()


async def _run(store: Store, statement: str) -> None:
    async def work(writing: Writing) -> None:
        await writing.run(statement)

    await store.write(work)
