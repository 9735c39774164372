"""A data folder is one service's, whoever came, waited and went before."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import pytest

from service.cli.session import held
from service.errors import StartError

THIRD = """
import sys
from pathlib import Path
from service.cli.session import held
with held(Path(sys.argv[1])):
    print("holds the folder too")
"""


def test_a_folder_is_held_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has opened the lock's file when the first lets go of it; then comes a third."""
    lock = fcntl.flock
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(held(tmp_path))

        def after_the_first(file: IO[str], how: int) -> None:
            first.close()
            lock(file, how)

        with monkeypatch.context() as patched:
            patched.setattr(fcntl, "flock", after_the_first)
            second.enter_context(held(tmp_path))
        third = subprocess.run(
            [sys.executable, "-c", THIRD, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert third.stdout == ""
        assert f"held by another service (process {os.getpid()})" in third.stderr


def test_a_held_folder_says_by_whom(tmp_path: Path) -> None:
    with (
        held(tmp_path),
        pytest.raises(StartError, match=rf"another service \(process {os.getpid()}\)"),
        held(tmp_path),
    ):
        pytest.fail("held twice")
    with held(tmp_path):
        assert (tmp_path / "service.lock").read_text() == str(os.getpid())
