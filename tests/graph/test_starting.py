"""A start waits as long as Neo4j gets on, asks again after what passes by itself, and says why where it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import pytest

from service.connection import Connection
from service.errors import QueryTimeout, StartError, StoreUnavailable
from service.graph.load import load
from service.graph.managed import ManagedNeo4j, Running
from service.graph.managed import patience as local_patience
from service.graph.managed import server as local_server
from service.graph.managed.patience import DebugLog, WhileItMoves
from service.graph.starting import COMING_UP, FIRST_ANSWER, Bounded, start_with
from service.graph.store import Store
from service.model.facts import Seeds
from service.settings import Settings
from tests.waiting import wait_until

SLEEPS = "import time; time.sleep(600)"
SPINS = "while True: pass"


def quiet(*_: object) -> None:
    """Nobody looks at the progress."""


@contextmanager
def held_up(running: Running) -> Iterator[None]:
    """Neo4j gets no processor at all."""
    os.kill(running.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(running.pid, signal.SIGCONT)


async def test_services_that_start_together_at_an_empty_neo4j(bare: tuple[ManagedNeo4j, Running], seeds: Seeds) -> None:
    """Their locks cross while they make the schema, and each writes what the other writes: all come up."""
    local, running = bare
    connection = local.connection(running)
    reports = await asyncio.gather(
        *(start_with(connection, local.patience(running), lambda store: load(store, seeds)) for _ in range(4))
    )
    assert sorted(report.facts.added for report in reports)[:3] == [0, 0, 0]
    assert {report.facts.added + report.facts.unchanged for report in reports} == {len(seeds.facts)}


async def test_a_first_answer_may_take_longer_than_a_query(own: tuple[ManagedNeo4j, Running]) -> None:
    """Neo4j is held up until a query's ten seconds are over; the start waits on, and has its answer."""
    local, running = own
    connection = local.connection(running)
    with held_up(running):
        starting = asyncio.create_task(start_with(connection, local.patience(running), lambda store: store.server()))
        query = Store(connection)
        with pytest.raises(StoreUnavailable):
            await query.revision()
        await query.close()
        assert not starting.done()
    assert (await starting).startswith("Neo4j/5")


async def test_the_end_of_patience_speaks_of_starting(own: tuple[ManagedNeo4j, Running]) -> None:
    local, running = own
    impatient = ManagedNeo4j(local.home, local.cache, silence=0.5)
    with held_up(running), pytest.raises(StartError, match=FIRST_ANSWER.unfinished) as ended:
        await start_with(local.connection(running), impatient.patience(running), lambda store: store.revision())
    assert "JOINEDUP_START_SECONDS" in ended.value.detail
    assert "ask for less" not in ended.value.detail


async def test_a_neo4j_that_cannot_be_watched_has_so_many_seconds(own: tuple[ManagedNeo4j, Running]) -> None:
    local, running = own
    connection = local.connection(running)
    with held_up(running), pytest.raises(StartError, match=FIRST_ANSWER.unfinished):
        await start_with(connection, Bounded(connection.uri, 0.5), lambda store: store.revision())
    assert await start_with(connection, Bounded(connection.uri, 600), lambda store: store.revision())


async def test_an_address_where_nobody_answers() -> None:
    connection = Connection("bolt://127.0.0.1:1", password="x")
    with pytest.raises(StartError, match=r"cannot be reached.*Check NEO4J_URI"):
        await start_with(connection, Bounded(connection.uri, 0.5), lambda store: store.revision())


async def test_a_wrong_password_is_said_at_once(own: tuple[ManagedNeo4j, Running]) -> None:
    local, running = own
    connection = replace(local.connection(running), password="wrong-secret")
    with pytest.raises(StoreUnavailable, match="user name and password"):
        await start_with(connection, local.patience(running), lambda store: store.revision())


async def test_a_start_has_no_limit_of_a_query(own: tuple[ManagedNeo4j, Running]) -> None:
    local, running = own
    limited, unlimited = (Store(local.connection(running), limited=limited) for limited in (True, False))
    endless, long = (f"UNWIND range(1, {most}) AS x RETURN count(x)" for most in (10**12, 40_000_000))
    try:
        with pytest.raises(QueryTimeout):
            await limited.read(endless, timeout=0.001)
        assert (await unlimited.read(long, timeout=0.001)).rows == [[40_000_000]]
    finally:
        await limited.close()
        await unlimited.close()


@pytest.fixture
def process(request: pytest.FixtureRequest) -> Iterator[Running]:
    with subprocess.Popen([sys.executable, "-c", request.param]) as process:
        yield Running(process.pid, psutil.Process(process.pid).create_time(), 1, 2, None)
        process.kill()


@pytest.mark.parametrize("process", [SLEEPS], indirect=True)
def test_while_the_log_moves_there_is_no_limit(
    process: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour in steps of four seconds, with a silence of six: far beyond any limit on the whole."""
    now = 0.0
    monkeypatch.setattr(local_patience.time, "monotonic", lambda: now)
    (tmp_path / "logs").mkdir()
    patience = WhileItMoves(tmp_path, process, 6, {}, "secret")
    with (tmp_path / "logs/debug.log").open("a") as log:
        for _ in range(900):
            now += 4
            log.write("recovering\n")
            log.flush()
            patience.check(COMING_UP)
    now += 4
    patience.check(COMING_UP)
    now += 4
    with pytest.raises(StartError, match=COMING_UP.unfinished):
        patience.check(COMING_UP)


def _has_used(pid: int, seconds: float) -> bool:
    return bool(psutil.Process(pid).cpu_times().user > seconds)


@pytest.mark.parametrize("process", [SPINS], indirect=True)
def test_while_it_uses_the_processor_there_is_no_limit(
    process: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(local_patience.time, "monotonic", lambda: now)
    patience, used = WhileItMoves(tmp_path, process, 6, {}, "secret"), 0.0
    for _ in range(4):
        used += 0.4
        wait_until(partial(_has_used, process.pid, used), "it used the processor")
        now += 4
        patience.check(COMING_UP)
    with held_up(process):
        patience.check(COMING_UP)
        with pytest.raises(StartError, match="neither its logs nor its processor time moved"):  # noqa: PT012
            for _ in range(3):
                now += 4
                patience.check(COMING_UP)


@pytest.mark.parametrize("process", [SLEEPS], indirect=True)
def test_while_nobody_looks_nothing_is_silent(
    process: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process was held up for an hour, not Neo4j."""
    now = 0.0
    monkeypatch.setattr(local_patience.time, "monotonic", lambda: now)
    patience = WhileItMoves(tmp_path, process, 20, {}, "secret")
    patience.check(COMING_UP)
    now += 3600
    assert patience.check(COMING_UP).doing == COMING_UP.doing


def test_a_recovery_is_followed_in_the_log(tmp_path: Path) -> None:
    """The log of a Neo4j that was killed and started again, read as it grew."""
    local = ManagedNeo4j(tmp_path / "neo4j", Settings().cache_dir)
    log = local.home / "logs/debug.log"
    try:
        killed = local.start(quiet, prefer_ports=(0, 0))
        asyncio.run(start_with(local.connection(killed), local.patience(killed), lambda store: store.ensure_schema()))
        os.kill(killed.pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(killed.pid)], timeout=60)
        before = log.stat().st_size
        again = local.start(quiet, prefer_ports=(0, 0))
        asyncio.run(start_with(local.connection(again), local.patience(again), lambda store: store.revision()))
    finally:
        local.stop()
    grown = tmp_path / "debug.log"
    grown.write_bytes(log.read_bytes()[:before])
    followed, steps = DebugLog(grown, before), []
    for line in log.read_bytes()[before:].splitlines(keepends=True):
        with grown.open("ab") as file:
            file.write(line)
        followed.read_on()
        if followed.step and (not steps or steps[-1] != followed.step):
            steps.append(followed.step)
    recovered = [step.done for step in steps if step.doing.startswith("Recovering")]
    assert recovered[0] == 0
    assert recovered[-1] == 100
    assert recovered == sorted(recovered)
    assert any(step.doing == "Filling indexes" for step in steps)
    assert followed.step is None, "in the end nothing is left to do"
    assert followed.closed == ""


def test_the_reason_of_a_failed_start_is_shown_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process took the port after it was found free, and data that cannot be read: neo4j.out is empty."""
    local = ManagedNeo4j(tmp_path / "neo4j", Settings().cache_dir)
    with socket.socket() as taken, monkeypatch.context() as patched:
        taken.bind(("127.0.0.1", 0))
        patched.setattr(local_server, "free_port", lambda _: taken.getsockname()[1])
        with pytest.raises(StartError, match=r"stopped while it started") as port:
            local.start(quiet)
    assert "logs/neo4j.log" in port.value.detail
    assert "PortBindException" in port.value.detail
    try:
        running = local.start(quiet, prefer_ports=(0, 0))
        asyncio.run(start_with(local.connection(running), local.patience(running), lambda store: store.revision()))
        local.stop()
        with (local.home / "data/transactions/neo4j/neostore.transaction.db.0").open("r+b") as file:
            file.write(b"x" * 64)
        with pytest.raises(StartError, match=r"cannot open its data: neo4j: .*log format.*put a backup"):  # noqa: PT012
            running = local.start(quiet, prefer_ports=(0, 0))
            asyncio.run(start_with(local.connection(running), local.patience(running), lambda store: store.revision()))
    finally:
        local.stop()
