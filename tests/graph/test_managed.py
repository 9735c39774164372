"""The managed Neo4j: private, one at a time, and gone with its owner."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from service.connection import Connection
from service.errors import QueryTimeout, ServiceError, StartError
from service.graph.managed import ManagedNeo4j
from service.graph.managed.files import Running, read_running, write_running
from service.graph.managed.jars import fetch_jars, locked_jars
from service.graph.store import Store
from service.settings import Settings
from tests.waiting import wait_until

OWNER = """
import sys, time
from pathlib import Path
from service.graph.managed import ManagedNeo4j
running = ManagedNeo4j(Path(sys.argv[1]), Path(sys.argv[2])).start(lambda *_: None, prefer_ports=(0, 0))
print(running.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.Popen[str], int]:
    """A process that owns a Neo4j of its own."""
    home = tmp_path_factory.mktemp("owned") / "neo4j"
    command = [sys.executable, "-c", OWNER, str(home), str(Settings().cache_dir)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    process.stdout.close()
    return home, process, pid


def test_the_password_is_private(owner: tuple[Path, subprocess.Popen[str], int]) -> None:
    home, process, pid = owner
    secret = (home / "password").read_text()
    assert len(secret) >= 24
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    for number in (process.pid, pid):
        running = psutil.Process(number)
        assert secret not in " ".join(running.cmdline())
        assert secret not in str(running.environ())
    written = [path for path in home.rglob("*") if path.is_file() and path.name != "password"]
    assert not [path for path in written if secret.encode() in path.read_bytes()], "the password is in a file"


def test_another_process_finds_the_one_that_runs(owner: tuple[Path, subprocess.Popen[str], int]) -> None:
    home, process, pid = owner
    found = ManagedNeo4j(home, Settings().cache_dir).start(lambda *_: None)
    assert (found.pid, found.owner) == (pid, process.pid)


def test_neo4j_dies_with_an_owner_that_is_killed(owner: tuple[Path, subprocess.Popen[str], int]) -> None:
    home, process, pid = owner
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    wait_until(lambda: not _runs(pid), "Neo4j ended with its owner")
    assert read_running(home) is None, "the note of a dead process counts for nothing"


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_stale_note_is_taken_over(tmp_path: Path) -> None:
    write_running(tmp_path, Running(os.getpid(), 12345.0, 1, 2, None))
    assert read_running(tmp_path) is None, "the number went to another process since"


def test_who_stops_one_leaves_the_note_of_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the end of one Neo4j and the word of who stopped it, another process has started the next."""
    old = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    write_running(tmp_path, Running(old.pid, psutil.Process(old.pid).create_time(), 1, 2, None))
    following = Running(os.getpid(), psutil.Process().create_time(), 3, 4, None)
    wait = psutil.Process.wait

    def wait_then_start(process: psutil.Process, timeout: float) -> None:
        wait(process, timeout)
        write_running(tmp_path, following)

    monkeypatch.setattr(psutil.Process, "wait", wait_then_start)
    assert ManagedNeo4j(tmp_path, tmp_path).stop()
    old.wait()
    assert read_running(tmp_path) == following


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError):
        ManagedNeo4j(tmp_path / "file" / "neo4j", tmp_path).start(lambda *_: None)


def test_jars_that_cannot_be_fetched_name_the_other_ways(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"docker compose up.*NEO4J_URI") as caught:
        fetch_jars(tmp_path, lambda *_: None, repository="https://127.0.0.1:1")
    assert "could not be fetched" in str(caught.value)


def test_a_jar_that_is_not_the_locked_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Wrong:
        content = b"not a jar"

        def raise_for_status(self) -> None: ...

    monkeypatch.setattr("requests.Session.get", lambda *_, **__: Wrong())
    with pytest.raises(StartError, match="the lock says"):
        fetch_jars(tmp_path, lambda *_: None)
    assert not list(tmp_path.rglob("*.jar"))


def test_the_lock_holds_a_sum_for_every_jar() -> None:
    jars = locked_jars()
    assert len(jars) > 200
    assert all(len(jar.sha256) == 64 for jar in jars)


def test_a_connection_does_not_show_its_password() -> None:
    assert "secret" not in repr(Connection("bolt://x", password="secret"))


async def test_it_reads_no_file_and_fetches_nothing(store: Store) -> None:
    """What the analysts' door refuses, the managed Neo4j refuses too, should it ever be asked."""
    for where in ("file:///etc/passwd", "http://127.0.0.1:1/x.csv", "ftp://127.0.0.1/x.csv"):
        with pytest.raises(ServiceError) as refused:
            await store.read("LOAD CSV FROM $where AS row RETURN row", {"where": where})
        assert re.search("blocked|is false|[Uu]nsupported|[Ii]nvalid|Cannot load", refused.value.detail)


async def test_one_statement_may_not_take_the_whole_heap(store: Store) -> None:
    with pytest.raises(QueryTimeout, match="memory limit"):
        await store.read("UNWIND range(1, 30000000) AS x WITH collect({a: x}) AS l RETURN size(l)", timeout=60)
