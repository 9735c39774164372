"""An answer is of one revision, whoever commits while it is read, and whoever asks meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.answers.evidence import EvidenceStore
from service.connection import Connection
from service.errors import GraphChanged
from service.graph.cypher_files import text
from service.graph.load import load
from service.graph.revisions import of_one_revision
from service.graph.store import Parameters, Store, Table, Writing
from service.identity.names import Names
from service.model.facts import Seeds
from service.network.compute import Scoring
from service.network.ties import Scope
from service.settings import Settings
from service.web import app as web
from tests.waiting import LONG, until

PATH = "/queries/partners-sharing-services.json?body=winchester-city-council"


@dataclass
class Pause:
    """Holds the first read of a statement, before it is asked or after its rows came, until it is let go on."""

    statement: str
    after: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> None:
        if not self.reached.is_set():
            self.reached.set()
            await asyncio.wait_for(self.goes_on.wait(), LONG)


class PausingStore(Store):
    """The store, with a pause where a test wants one."""

    pause: Pause | None = None

    async def read_at_once(
        self, statement: str, columns: Sequence[str], parameters: Parameters, *, limit: int, timeout: float = 10
    ) -> Table:
        pause = type(self).pause
        pause = pause if pause and pause.statement == statement else None
        if pause and not pause.after:
            await pause()
        table = await super().read_at_once(statement, columns, parameters, limit=limit, timeout=timeout)
        if pause and pause.after:
            await pause()
        return table


@pytest.fixture(autouse=True)
async def _put_back(store: Store, seeds: Seeds) -> AsyncIterator[None]:
    yield
    PausingStore.pause = None
    await _write(store, "MATCH ()-[f]->() WHERE f.dataset = 'seeds' SET f.checksum = ''")
    await load(store, seeds)


@pytest.fixture
async def pausing(connection: Connection) -> AsyncIterator[PausingStore]:
    store = PausingStore(connection)
    yield store
    await store.close()


@asynccontextmanager
async def served(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """The application on a store that can be paused."""
    monkeypatch.setattr(web, "Store", PausingStore)
    front = inner = web.create_app(Settings(allowed_hosts=("t",)), connection)
    while not isinstance(inner, FastAPI):
        inner = inner.app  # type: ignore[attr-defined]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(inner.router.lifespan_context(inner))
        transport = httpx.ASGITransport(app=front, raise_app_exceptions=False)
        yield await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://t"))


async def _write(store: Store, statement: str, **parameters: Any) -> None:
    async def work(writing: Writing) -> None:
        await writing.run(statement, **parameters)

    await store.write(work)


async def _seen(http: httpx.AsyncClient, revision: str) -> None:
    async def there() -> bool:
        return bool((await http.get("/readyz")).json().get("revision") == revision)

    await until(there, "the commit was seen")


async def test_a_commit_between_rows_and_evidence_takes_no_quote(
    store: Store, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(connection, monkeypatch) as http:
        PausingStore.pause = pause = Pause(text("service/facts-by-id"))
        asking = asyncio.create_task(http.get(PATH))
        await asyncio.wait_for(pause.reached.wait(), LONG)
        await _write(
            store,
            "MATCH (b {id: 'winchester-city-council'})-[f]->() WHERE f.dataset = 'seeds' "
            "SET f.fact = 'other-' + f.fact, f.quote = 'The new words.'",
        )
        pause.goes_on.set()
        answer, afresh = await asking, await http.get(PATH + "&limit=1000")
        assert answer.status_code == 200, answer.text
        rows = answer.json()["rows"]
        evidence = {fact["id"] for fact in answer.json()["evidence"]}
        assert rows
        assert all(row["quotes"] and set(row["evidence"]) <= evidence for row in rows)
        assert answer.headers["x-revision"] == answer.json()["revision"] == await store.revision()
        assert rows == afresh.json()["rows"]


async def test_who_asks_after_a_commit_does_not_wait_for_an_answer_of_before(
    store: Store, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(connection, monkeypatch) as http:
        PausingStore.pause = pause = Pause(text("service/facts-by-id"))
        first = asyncio.create_task(http.get(PATH))
        await asyncio.wait_for(pause.reached.wait(), LONG)
        await _write(store, "MATCH ()-[f]->() WHERE f.dataset = 'seeds' SET f.quote = 'The new words.'")
        await _seen(http, await store.revision())
        second = await asyncio.wait_for(http.get(PATH), LONG / 4)
        assert not first.done()
        assert {quote for row in second.json()["rows"] for quote in row["quotes"]} == {"The new words."}
        pause.goes_on.set()
        assert (await first).json()["rows"] == second.json()["rows"]
        assert (await http.get(PATH)).content == second.content


async def test_facts_of_an_old_revision_stay_out_of_the_new_ones_cache(
    store: Store, pausing: PausingStore, seeds: Seeds
) -> None:
    evidence, id_ = EvidenceStore(pausing), seeds.facts[0].id
    before = await store.revision()
    PausingStore.pause = pause = Pause(text("service/facts-by-id"), after=True)
    late = asyncio.create_task(evidence.facts([id_], before))
    await asyncio.wait_for(pause.reached.wait(), LONG)
    await _write(store, "MATCH ()-[f {fact: $id}]->() SET f.quote = 'The new words.'", id=id_)
    after = await store.revision()
    await evidence.facts([seeds.facts[1].id], after)
    pause.goes_on.set()
    assert [fact["quote"] for fact in await late] == [seeds.facts[0].quote]
    assert [fact["quote"] for fact in await evidence.facts([id_], after)] == ["The new words."]
    with pytest.raises(GraphChanged):
        await evidence.facts([id_], before)


async def test_facts_that_others_push_out_of_the_cache_are_not_lost(pausing: PausingStore, seeds: Seeds) -> None:
    evidence, revision = EvidenceStore(pausing, kept=2), await pausing.revision()
    ids = [fact.id for fact in seeds.facts[:5]]
    await evidence.facts(ids[:1], revision)
    PausingStore.pause = pause = Pause(text("service/facts-by-id"))
    asking = asyncio.create_task(evidence.facts(ids[:2], revision))
    await asyncio.wait_for(pause.reached.wait(), LONG)
    await evidence.facts(ids[2:], revision)
    pause.goes_on.set()
    assert [fact["id"] for fact in await asking] == ids[:2]


async def test_names_and_networks_are_of_the_revision_that_they_are_kept_for(store: Store) -> None:
    before = await store.revision()
    await _write(store, "MATCH ()-[f]->() WHERE f.dataset = 'seeds' SET f.quote = 'The new words.'")
    names, scoring = Names(store, ()), Scoring(store)
    with pytest.raises(GraphChanged):
        await names.resolve("Winchester City Council", before)
    with pytest.raises(GraphChanged):
        await scoring.network(Scope(), before)
    after = await store.revision()
    assert (await names.resolve("Winchester City Council", after)).id == "winchester-city-council"
    assert (await scoring.network(Scope(), after)).revision == after
    scoring.close()


async def test_a_graph_that_never_rests_is_said(store: Store) -> None:
    """After so many tries, and not for ever."""
    tries = 0

    async def read(_: str) -> None:
        nonlocal tries
        tries += 1
        await _write(store, "MATCH ()-[f]->() WHERE f.dataset = 'seeds' SET f.quote = $said", said=f"{tries} words")
        await store.read("RETURN 1")

    with pytest.raises(GraphChanged, match="faster than this can be read"):
        await of_one_revision(await store.revision(), store.revision, read)
    assert tries == 10


async def test_a_revision_is_named_once_it_can_be_read(store: Store) -> None:
    """Neo4j names a commit before it has applied it: of a large one, readers had the name and not yet the rows."""
    seen: dict[str, set[int]] = {}

    async def look() -> None:
        revision = await store.revision()
        table = await store.read("MATCH (m:Much) RETURN count(m)")
        if table.revision == revision:
            seen.setdefault(revision, set()).add(table.rows[0][0])

    much = "UNWIND range(1, 200000) AS n CREATE (:Much {n: n, said: 'word ' + n})"
    writing = asyncio.create_task(_write(store, much))
    try:
        while not writing.done():
            await look()
        await look()
        await writing
    finally:
        await _write(store, "MATCH (m:Much) CALL (m) { DETACH DELETE m }")
    assert all(len(counts) == 1 for counts in seen.values()), seen
    assert {200_000} in seen.values()
