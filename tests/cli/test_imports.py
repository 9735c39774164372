"""`joinedup import` and `export`, as a person runs them; and what a kill in the middle leaves, which is nothing."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

from service.connection import Connection
from service.graph.store import Store
from tests.cli.test_commands import ROOT, environment, joinedup
from tests.ingest.grants import grant, written
from tests.waiting import until

COUNT = "MATCH (n) RETURN count(n), count { ()-->() }"


async def test_in_listed_out(store: Store, connection: Connection, tmp_path: Path) -> None:
    before = (await store.read(COUNT)).rows
    path = written(tmp_path / "my grants.json", [grant()])
    words = ("import", "grants", str(path), "--decisions", str(tmp_path / "d.csv"), "--json")
    rehearsed = joinedup(*words, "--dry-run", connection=connection)
    assert (await store.read(COUNT)).rows == before
    done = joinedup(*words, connection=connection)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(rehearsed.stdout) | {"dry_run": False}
    assert json.loads(done.stdout)["facts"]["added"] == 2
    again = written(tmp_path / "again.json", [grant()])
    other = joinedup(*words[:2], str(again), *words[3:], connection=connection)
    assert json.loads(other.stdout)["held_by_other_imports"] == 1, "one grant in two files is one grant"
    listed = joinedup("import", "list", connection=connection).stdout.splitlines()
    assert listed == ["again: 1 entities, 0 facts", "my-grants: 4 entities, 2 facts"]
    for name in ("again", "my-grants"):
        assert joinedup("import", "undo", name, connection=connection).returncode == 0
    assert joinedup("import", "undo", "my-grants", connection=connection).returncode == 4
    assert (await store.read(COUNT)).rows == before


def test_bad_rows_are_for_people(connection: Connection, tmp_path: Path) -> None:
    path = written(tmp_path / "g.json", [grant(), grant(id="360G-test-2", amountAwarded=-1)])
    done = joinedup("import", "grants", str(path), connection=connection)
    assert done.returncode == 1
    assert "g.json:34: amountAwarded: -1 is negative" in done.stderr
    assert "Traceback" not in done.stderr


async def test_killed_in_the_middle_it_leaves_nothing(store: Store, connection: Connection, tmp_path: Path) -> None:
    rows = [
        grant(id=f"360G-test-{i}", recipientOrganization=[{"id": f"GB-CHC-{i}", "name": f"Hall {i}"}])
        for i in range(40_000)
    ]
    path = written(tmp_path / "large.json", rows)
    before = (await store.read(COUNT)).rows
    command = [sys.executable, "-m", "service", "import", "grants", str(path)]
    await asyncio.to_thread(_kill_while, "Writing facts", command, environment(connection))

    async def alone() -> bool:
        return bool((await store.read("SHOW TRANSACTIONS YIELD transactionId RETURN count(*)")).rows[0][0] == 1)

    await until(alone, "its transaction ended with it")
    assert (await store.read(COUNT)).rows == before


def _kill_while(step: str, command: list[str], here: dict[str, str]) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=here, cwd=ROOT, stderr=pipe, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if step in line:
                break
        process.send_signal(signal.SIGKILL)


async def test_export_of_what_an_answer_rests_on(store: Store, connection: Connection, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    words = ("export", str(path), "--query", "partners-sharing-services", "--body", "Winchester")
    done = joinedup(*words, connection=connection)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(path.read_text())["facts"]) >= 15
    assert joinedup("export", str(tmp_path / "x"), connection=connection).returncode == 1
    refused = joinedup("import", "graph", str(path), connection=connection)
    assert "the graph holds seeds already" in refused.stderr
