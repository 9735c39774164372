"""What README and docs/ show to be typed runs as it is typed; what does not bears a reason."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"(?P<before>[^\n]*)\n```(?P<language>\w*)\n(?P<text>.*?)\n```", re.S)
BLOCKS = [(path.name, found) for path in PAGES for found in _BLOCK.finditer("\n" + path.read_text(encoding="utf-8"))]
TESTED = [(name, found["text"]) for name, found in BLOCKS if found["before"] == "<!-- tested -->"]


@pytest.mark.parametrize(("name", "found"), BLOCKS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_block_is_tested_or_says_why_not(name: str, found: re.Match[str]) -> None:
    assert re.fullmatch(r"<!-- (tested|not tested: .+) -->", found["before"]), f"{name}: {found['text'][:60]}"


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl, as whoever types it does")
@pytest.mark.parametrize(("name", "text"), TESTED)
def test_what_is_shown_runs(name: str, text: str, address: str, tmp_path: Path) -> None:
    shown = text.replace("http://127.0.0.1:8000", address)
    (tmp_path / "questions.txt").write_text("who funds UP2U and when did it start\n")
    commands = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", shown],
        cwd=tmp_path,
        env=os.environ | {"NO_PROXY": "127.0.0.1", "PATH": commands},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{name}: {done.stderr}"
    assert done.stdout.strip()
