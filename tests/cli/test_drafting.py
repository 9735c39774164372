"""`joinedup read` and `joinedup draft`, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[1] / "documents" / "data"


@pytest.fixture
def joinedup(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {"JOINEDUP_CACHE_DIR": str(tmp_path / "cache"), "NEO4J_URI": "bolt://127.0.0.1:1"}
        return subprocess.run(
            [sys.executable, "-m", "service", *arguments], capture_output=True, text=True, env=env, check=False
        )

    return run


def test_draft_prints_a_json_line_each_draft(joinedup) -> None:  # type: ignore[no-untyped-def]
    done = joinedup("draft", str(DATA / "06-grants.pdf"), "--jsonl")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    keys = {
        "source",
        "quote",
        "subject",
        "relation",
        "object",
        "role",
        "amount",
        "currency",
        "modality",
        "basis",
        "rule",
        "page",
    }
    assert all(set(line) == keys and set(line["subject"]) == {"text", "id"} for line in lines)
    scouts = next(
        line for line in lines if line["object"]["text"] == "Second Hexcote Scouts" and line["relation"] == "FUNDS"
    )
    assert (scouts["amount"], scouts["page"], scouts["rule"]) == (500, 1, "table-grant")
    assert scouts["quote"] == "Second Hexcote Scouts | Two ridge tents | £840 | Approve £500"


def test_read_tells_of_each_document_and_of_each_that_is_refused(joinedup, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("LARKHAM TOWN COUNCIL\n\nMinutes of 3 May 2024.\n")
    (tmp_path / "in" / "b.pdf").write_text("no PDF at all")
    done = joinedup("read", str(tmp_path / "in"), "--json")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert (first["title"], first["date"], first["format"]) == ("LARKHAM TOWN COUNCIL", "2024-05-03", "txt")
    assert "its bytes are plain text" in second["refused"]


def test_a_missing_file_is_said_in_words(joinedup) -> None:  # type: ignore[no-untyped-def]
    done = joinedup("draft", "nowhere.pdf")
    assert done.returncode == 4
    assert "nowhere.pdf is no file" in done.stderr
