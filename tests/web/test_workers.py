"""Scores are computed beside the service: a process that is killed is replaced, and a long one lets others pass."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from service.answers.filters import Filters
from service.errors import ComputationStopped
from service.graph.load import load
from service.graph.store import Store, Writing
from service.model.facts import Seeds
from service.network.compute import Scoring
from service.network.ties import Scope
from service.runtime.workers import Workers
from tests.waiting import LONG, until

_CROWD = (
    "CREATE (p:Entity:Programme {id: 'crowded', name: 'Crowded', kind: 'Programme', dataset: 'crowd'}) "
    "WITH p UNWIND range(1, 400) AS n CREATE (:Entity:Organisation:Authority "
    "{id: 'crowd-' + n, name: 'Crowd ' + n, kind: 'Authority', dataset: 'crowd'})"
    "-[:TAKES_PART_IN {fact: 'crowd-' + n, basis: 'stated', modality: 'actual', recorded: date('2014-01-01'), "
    "holds_from: date('0001-01-01'), holds_until: date('9999-12-31')}]->(p)"
)


@pytest.fixture
async def crowd(store: Store, seeds: Seeds) -> AsyncIterator[str]:
    """So many bodies that their scores are a process's; the revision with them."""
    await _write(store, _CROWD)
    yield await store.revision()
    await _write(store, "MATCH (n {dataset: 'crowd'}) DETACH DELETE n")
    await load(store, seeds)


@pytest.fixture
def scoring(store: Store) -> Iterator[Scoring]:
    scoring = Scoring(store)
    yield scoring
    scoring.close()


async def _write(store: Store, statement: str) -> None:
    async def work(writing: Writing) -> None:
        await writing.run(statement)

    await store.write(work)


async def _begun(known: set[int]) -> int:
    """The process that is there and was not known."""

    async def started() -> set[int]:
        return _there() - known

    await until(started, "a process was started")
    pid = min(_there() - known)
    known.add(pid)
    return pid


def _there() -> set[int]:
    return {process.pid for process in multiprocessing.active_children() if process.pid is not None}


async def test_scores_whose_process_is_killed_are_computed_again(scoring: Scoring, crowd: str) -> None:
    known = _there()
    asking = asyncio.create_task(scoring.scored(Scope(), crowd))
    os.kill(await _begun(known), signal.SIGKILL)
    scored = await asyncio.wait_for(asking, LONG)
    assert len(scored.bodies) > 400
    assert scored.scorecard.organisations["breadth"]["crowd-1"] == 1


async def test_one_that_dies_twice_is_told_and_the_next_who_asks_is_answered(scoring: Scoring, crowd: str) -> None:
    known = _there()
    asking = asyncio.create_task(scoring.scored(Scope(), crowd))
    for _ in range(2):
        os.kill(await _begun(known), signal.SIGKILL)
    with pytest.raises(ComputationStopped, match="signal 9"):
        await asyncio.wait_for(asking, LONG)
    assert len((await asyncio.wait_for(scoring.scored(Scope(), crowd), LONG)).bodies) > 400


async def test_over_http_it_is_503_in_words(client: httpx.AsyncClient, crowd: str) -> None:
    known = _there()
    asking = asyncio.create_task(client.get("/scores/network.json?groups=drop"))
    for _ in range(2):
        os.kill(await _begun(known), signal.SIGKILL)
    response = await asyncio.wait_for(asking, LONG)
    assert (response.status_code, response.json()["title"]) == (503, "The computation was stopped")
    assert "memory" in response.json()["detail"]
    assert (await asyncio.wait_for(client.get("/scores/network.json?groups=drop"), LONG)).status_code == 200


async def test_a_long_scoring_lets_another_scope_pass(scoring: Scoring, crowd: str) -> None:
    known = _there()
    long = asyncio.create_task(scoring.scored(Scope(), crowd))
    stopped = await _begun(known)
    os.kill(stopped, signal.SIGSTOP)
    try:
        other = Scope(filters=Filters(basis=("stated",)))
        assert len((await asyncio.wait_for(scoring.scored(other, crowd), LONG)).bodies) > 400
        assert not long.done()
    finally:
        os.kill(stopped, signal.SIGCONT)
    assert len((await asyncio.wait_for(long, LONG)).bodies) > 400


async def test_large_ones_leave_a_process_for_the_others() -> None:
    workers, before = Workers(), _there()
    known = set(before)
    try:
        large = [asyncio.create_task(workers.run(signal.pause, large=True)) for _ in range(3)]
        for _ in range(2):
            await _begun(known)
        assert await asyncio.wait_for(workers.run(abs, -3), LONG) == 3
        assert len(_there() - before) == 3, "the third large one waits"
        assert not any(task.done() for task in large)
    finally:
        for task in large:
            task.cancel()
        await asyncio.gather(*large, return_exceptions=True)
        workers.close()


async def test_what_it_raises_is_raised_and_the_process_stays() -> None:
    workers = Workers()
    try:
        first = await workers.run(os.getpid)
        with pytest.raises(ZeroDivisionError):
            await workers.run(divmod, 1, 0)
        with pytest.raises(RuntimeError, match="cannot be sent"):
            await workers.run(memoryview, b"x")
        assert await workers.run(os.getpid) == first != os.getpid()
    finally:
        workers.close()


async def test_who_waits_no_more_leaves_no_process() -> None:
    workers, known = Workers(), _there()
    asking = asyncio.create_task(workers.run(signal.pause))
    pid = await _begun(known)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking

    async def gone() -> bool:
        return pid not in _there()

    await until(gone, "its process ended")
    assert await workers.run(abs, -3) == 3
    workers.close()
