"""The analysts' guide's Python runs beside the service, and reads what its Cypher finds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from service.connection import Connection
from tests.test_guides import EXAMPLES, SCRIPTS


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_reads_rows(
    script: str, address: str, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `joinedup neo4j status` prints, and where the service listens, are those of the test."""
    where = {"uri": connection.uri, "username": connection.username, "password": connection.password}
    monkeypatch.setattr(subprocess, "check_output", lambda *_: json.dumps(where))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "query.cypher").write_text(EXAMPLES[0])
    found: dict[str, Any] = {}
    exec(script.replace("http://127.0.0.1:8000", address), found)
    assert found["rows"][0].keys() == {"funder", "thing", "amount", "because"}
