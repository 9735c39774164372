"""Files are written whole or not at all, and of two who change one at the same time neither is lost."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.access.keys import READING, KeyRing
from service.atomic_files import OWNER_ONLY, write_atomically
from service.errors import StartError
from service.file_locks import changing
from service.identity.decisions import Decisions, Verdict


def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomically(path, "old", mode=OWNER_ONLY)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "new \ud800")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_atomically(tmp_path / "folder", "new")
    assert path.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "folder"], "no part is left"


def test_decisions_of_two_who_read_before_either_wrote(tmp_path: Path) -> None:
    one, other = Decisions(tmp_path / "d.csv"), Decisions(tmp_path / "d.csv")
    one.decide("GB-CHC-1", "GB-COH-1", Verdict.SAME, "")
    other.decide("GB-CHC-2", "GB-COH-2", Verdict.DIFFERENT, "")
    assert [each.one for each in Decisions(tmp_path / "d.csv").all] == ["GB-CHC-1", "GB-CHC-2"]
    one.undo("GB-CHC-2", "GB-COH-2")
    other.decide("GB-COH-1", "X", Verdict.SAME, "")
    with pytest.raises(StartError, match="make them the same"):
        one.decide("GB-CHC-1", "X", Verdict.DIFFERENT, "")
    assert [each.other for each in Decisions(tmp_path / "d.csv").all] == ["GB-COH-1", "X"], (
        "what contradicts is not written"
    )


def test_decisions_of_many_at_once(tmp_path: Path) -> None:
    def decide(number: int) -> None:
        Decisions(tmp_path / "d.csv").decide(f"GB-CHC-{number}", f"GB-COH-{number}", Verdict.SAME, "")

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(decide, range(100)))
    assert len(Decisions(tmp_path / "d.csv").all) == 100


def test_keys_of_two_at_once(tmp_path: Path) -> None:
    """One adds a key while another is about to write: it waits, and then reads what the other wrote."""
    path = tmp_path / "keys.json"
    KeyRing(path).add("first", READING, None)
    before = json.loads(path.read_text())
    KeyRing(path).add("meanwhile", READING, None)
    both = path.read_text()
    path.write_text(json.dumps(before))
    ring = KeyRing(path)
    ring.listed()
    adding = threading.Thread(target=ring.add, args=("last", READING, None))
    with changing(path):
        adding.start()
        write_atomically(path, both)
    adding.join()
    assert [key.name for key in KeyRing(path).listed()] == ["first", "meanwhile", "last"]


def test_keys_of_many_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: KeyRing(tmp_path / "keys.json").add(f"key {n}", READING, None), range(60)))
    assert len(KeyRing(tmp_path / "keys.json").listed()) == 60


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="cannot be"):
        Decisions(tmp_path / "file" / "d.csv").decide("a", "b", Verdict.SAME, "")
    with pytest.raises(StartError, match="cannot be written"):
        KeyRing(tmp_path / "file" / "keys.json").add("a", READING, None)
