"""The command line, as a person runs it: in processes of its own."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from service.cli.session import held
from service.connection import Connection
from service.graph.store import Store
from tests.waiting import LONG, wait_until

ROOT = Path(__file__).resolve().parents[2]


def environment(connection: Connection | None, **more: str) -> dict[str, str]:
    here = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")} | more
    return here | ({"NEO4J_URI": connection.uri, "NEO4J_PASSWORD": connection.password} if connection else {})


def joinedup(*words: str, connection: Connection | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    here = environment(connection, **more)
    command = [sys.executable, "-m", "service", *words]
    return subprocess.run(command, env=here, cwd=ROOT, capture_output=True, text=True, timeout=LONG, check=False)


def test_check_is_quick_and_needs_no_neo4j() -> None:
    done = joinedup("check", "--json", NEO4J_URI="bolt://127.0.0.1:1")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["ok"]
    assert report["facts"] >= 200


def test_check_reports_every_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    facts = tmp_path / "seeds/facts/total-place-activities-2010.yaml"
    facts.write_text(
        facts.read_text().replace("subject: home-office", "subject: home-ofice").replace("relation: ENABLED", "x")
    )
    entities = tmp_path / "seeds/entities.yaml"
    entities.write_text(entities.read_text().replace("kind: Authority, name: Hart", "kind: Authorty, name: Hart"))
    done = joinedup("check", "--seeds", str(tmp_path / "seeds"))
    assert done.returncode == 1
    assert "did you mean 'home-office'?" in done.stderr
    assert "did you mean 'Authority'?" in done.stderr
    assert "Traceback" not in done.stderr
    as_json = json.loads(joinedup("check", "--json", "--seeds", str(tmp_path / "seeds")).stdout)
    assert {error["file"] for error in as_json["errors"]} >= {"entities.yaml", "facts/total-place-activities-2010.yaml"}


def test_load(store: Store, connection: Connection) -> None:
    done = joinedup("load", "--json", connection=connection)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["facts"]["added"] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["which", "partners", "share", "services", "with", "Winchester"], 0, "Hampshire Cultural Trust"),
        (["leads", "--thing", "UP2U"], 0, "NHS Isle of Wight"),
        (["leads", "UP2U"], 0, "NHS Isle of Wight"),
        (["--list"], 0, "partners-sharing-services"),
        (["who funds Havant"], 3, "havant-borough-council"),
        (["who funds Atlantis"], 4, "no source names"),
        (["leads"], 1, "needs 'thing'"),
        (["leads", "--as-of", "2014-02-30", "UP2U"], 1, "not a day"),
    ],
)
def test_ask(store: Store, connection: Connection, words: list[str], code: int, said: str) -> None:
    done = joinedup("ask", *words, connection=connection, COLUMNS="200")
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_ask_as_data(store: Store, connection: Connection) -> None:
    body = json.loads(joinedup("ask", "--json", "who funds UP2U", connection=connection).stdout)
    assert [row["amount"] for row in body["rows"]] == [10_000, 10_000]
    text = joinedup("ask", "--csv", "who funds UP2U", connection=connection).stdout
    assert text.splitlines()[0].startswith("funder,funder_id")


def test_cypher(store: Store, connection: Connection) -> None:
    done = joinedup(
        "cypher", "--json", "MATCH (e:Entity {id: $id}) RETURN e.name AS name", "-p", "id=up2u", connection=connection
    )
    assert json.loads(done.stdout)["rows"] == [["UP2U"]]
    done = joinedup("cypher", "CREATE (:X)", connection=connection)
    assert done.returncode == 1
    assert "Only reading is allowed" in done.stderr
    done = joinedup("cypher", "RETUN 1", connection=connection)
    assert "Invalid input 'RETUN'" in done.stderr
    assert connection.password not in done.stderr


def test_score(store: Store, connection: Connection) -> None:
    rows = json.loads(joinedup("score", "--json", connection=connection).stdout)["results"]
    assert rows[0]["organisation"]["id"] == "hampshire-county-council"
    assert "density" in joinedup("score", "--network", connection=connection, COLUMNS="200").stdout
    assert joinedup("score", "--csv", "--limit", "2", connection=connection).stdout.count("\n") == 3
    assert joinedup("score", "--groups", "melt", connection=connection).returncode == 2
    narrow = ("--relation", "MEMBER_OF", "--kind", "Authority", "--basis", "stated", "--as-of", "2012-01-01")
    found = json.loads(joinedup("score", *narrow, "--sort", "breadth", "--json", connection=connection).stdout)
    assert (found["scope"]["relations"], found["scope"]["as_of"]) == (["MEMBER_OF"], "2012-01-01")
    assert {row["organisation"]["kind"] for row in found["results"]} == {"Authority"}
    pairs = json.loads(
        joinedup("score", "--pairs", "--organisation", "Winchester", "--json", connection=connection).stdout
    )
    assert pairs["results"][0]["things"] == ["hampshire-cultural-trust"]
    assert joinedup("score", "--missing", connection=connection).returncode == 0
    assert "no part 'luck'" in joinedup("score", "--weight", "luck:1", connection=connection).stderr


def test_neo4j_that_is_not_there() -> None:
    done = joinedup("ask", "who funds UP2U", NEO4J_URI="bolt://127.0.0.1:1", JOINEDUP_START_SECONDS="1")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    done = joinedup("ask", "who funds UP2U", NEO4J_URI="http://x")
    assert done.returncode == 2
    assert "NEO4J_URI" in done.stderr


def test_scenario(store: Store, connection: Connection, tmp_path: Path) -> None:
    outcome = json.loads(joinedup("scenario", "county-withdraws", "--json", connection=connection).stdout)
    assert outcome["counts"]["left with one partner"] == 1
    shown = joinedup("scenario", "county-withdraws", "--against", "hampshire-unitary", connection=connection).stdout
    assert "not a forecast" in " ".join(shown.split())
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: x\nsteps:\n- end: UP2U\n- merg: [a]\n")
    done = joinedup("scenario", str(bad), connection=connection)
    assert done.returncode == 1
    assert "step 2: unknown step 'merg'; did you mean 'merge'?" in done.stderr
    assert joinedup("scenario", "nowhere", connection=connection).returncode == 4


def test_keys_and_what_asks_for_them(tmp_path: Path) -> None:
    here = {"JOINEDUP_DATA_DIR": str(tmp_path)}
    refused = joinedup("serve", "--host", "0.0.0.0", "--port", "0", **here)
    assert refused.returncode == 1
    assert "joinedup keys add NAME" in refused.stderr
    made = joinedup("keys", "add", "dashboard", "--scope", "read", "--expires", "2099-01-01", **here)
    token = made.stdout.strip()
    assert token.startswith("joinedup_")
    listed = joinedup("keys", "list", COLUMNS="200", **here).stdout
    assert "dashboard" in listed
    assert "2099-01-01" in listed
    assert token not in listed
    assert joinedup("keys", "add", "dashboard", **here).returncode == 1
    assert joinedup("keys", "revoke", "dashboard", **here).returncode == 0
    assert joinedup("keys", "revoke", "dashboard", **here).returncode == 4
    assert joinedup("keys", "add", "late", "--scope", "write", **here).returncode == 2
    assert joinedup("serve", "--host", "0.0.0.0", "--port", "0", **here).returncode == 1, "a revoked key is no key"
    elsewhere = tmp_path / "other keys.json"
    assert joinedup("keys", "add", "dashboard", "--keys-file", str(elsewhere), **here).returncode == 0
    last = joinedup("keys", "revoke", "dashboard", "--keys-file", str(elsewhere), **here)
    assert "keys are still asked for" in last.stdout
    assert str(elsewhere) in last.stdout


def test_a_file_that_is_no_file_of_keys_stops_a_start(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    done = joinedup("serve", "--port", "0", "--data-dir", str(tmp_path))
    assert done.returncode == 1
    assert "is not a file of keys" in done.stderr


@pytest.mark.parametrize(
    ("made", "given", "said"),
    [
        ([], None, "not asked for on this machine"),
        (["add"], None, "asked for"),
        ([], "a key for a container and a proxy", "asked for"),
        (["add", "revoke"], None, "asked for, and none opens"),
    ],
)
def test_serve_says_whether_keys_are_asked_for(
    store: Store, connection: Connection, tmp_path: Path, made: list[str], given: str | None, said: str
) -> None:
    here = {"JOINEDUP_DATA_DIR": str(tmp_path)} | ({"JOINEDUP_KEY": given} if given else {})
    for word in made:
        assert joinedup("keys", word, "ann", **here).returncode == 0
    command = [sys.executable, "-m", "service", "serve", "--port", "0", "--no-load"]
    pipe, around = subprocess.PIPE, environment(connection, **here)
    with subprocess.Popen(command, env=around, cwd=ROOT, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        lines = list(itertools.takewhile(lambda line: "Ctrl-C" not in line, process.stdout))
        process.send_signal(signal.SIGINT)
    keys = next(i for i, line in enumerate(lines) if line.startswith("  Keys "))
    assert lines[keys].split(maxsplit=1)[1].startswith(said)
    assert ("keys add NAME" in "".join(lines[keys:])) == (said != "asked for")


def test_cypher_goes_through_the_door(store: Store, connection: Connection) -> None:
    refused = joinedup("cypher", "CREATE (n)", connection=connection)
    assert refused.returncode == 1
    assert "Create is not reading (line 1, column 1)" in refused.stderr
    body = json.loads(joinedup("cypher", "RETURN date('2014-10-03') AS d", "--json", connection=connection).stdout)
    assert body["rows"] == [[{"$type": "Date", "_value": "2014-10-03"}]]
    lines = joinedup("cypher", "UNWIND [1, 2] AS x RETURN x", "--ndjson", connection=connection).stdout
    assert lines == '{"x":1}\n{"x":2}\n'
    assert (
        "NodeCountFromCountStore"
        in joinedup("cypher", "MATCH (n) RETURN count(n)", "--plan", connection=connection).stdout
    )


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["serve"],
        ["load"],
        ["check"],
        ["ask"],
        ["cypher"],
        ["score"],
        ["scenario"],
        ["keys"],
        ["keys", "add"],
        ["neo4j"],
        ["neo4j", "start"],
    ],
)
def test_help(command: list[str]) -> None:
    done = joinedup(*command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until a service is ready, or its process has ended: however long a busy machine takes."""

    def ready() -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=LONG).close()
        except OSError:
            return process.poll() is not None
        return True

    wait_until(ready, "the service was ready")
    assert process.poll() is None, "the service ended"


def test_serve_from_nothing_to_ctrl_c(tmp_path: Path) -> None:
    """A service with a Neo4j of its own: it says where it is, holds its folder, and leaves nothing behind."""
    port = free_port()
    command = [sys.executable, "-m", "service", "serve", "--port", str(port), "--data-dir", str(tmp_path / "data")]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        said = (tmp_path / "log").read_text()
        assert f"http://127.0.0.1:{port}/" in said
        assert "/docs" in said
        assert "Neo4j Browser" in said
        assert (tmp_path / "data/neo4j/password").read_text() not in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/ask?q=who+funds+UP2U", timeout=LONG) as response:
            assert len(json.load(response)["rows"]) == 2
        children = psutil.Process(process.pid).children()
        assert len(children) == 1
        second = joinedup("serve", "--port", str(free_port()), "--data-dir", str(tmp_path / "data"))
        assert second.returncode == 1
        assert f"held by another service (process {process.pid})" in second.stderr
        busy = joinedup("serve", "--port", str(port), "--data-dir", str(tmp_path / "other"))
        assert busy.returncode == 1
        assert f"make serve PORT={port + 1}" in busy.stderr
        status = joinedup("neo4j", "status", "--json", "--data-dir", str(tmp_path / "data"))
        assert json.loads(status.stdout)["running"]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(LONG) == 0
    assert not psutil.pid_exists(children[0].pid)
    with held(tmp_path / "data"):
        pass  # nobody holds the folder any more
    assert joinedup("neo4j", "status", "--data-dir", str(tmp_path / "data")).returncode == 4


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = joinedup("serve", "--port", "0", "--data-dir", str(tmp_path / "file"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "--data-dir" in done.stderr


def test_neo4j_start_and_stop(tmp_path: Path) -> None:
    folder = ("--data-dir", str(tmp_path / "data"))
    try:
        assert joinedup("neo4j", "start", *folder).returncode == 0
        assert joinedup("neo4j", "status", *folder).returncode == 0
    finally:
        stopped = joinedup("neo4j", "stop", *folder)
    assert stopped.returncode == 0
    assert joinedup("neo4j", "stop", *folder).returncode == 4
