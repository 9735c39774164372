"""Every example of Cypher that the analysts' guide shows runs, and finds something."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

GUIDE = (Path(__file__).resolve().parents[1] / "cypher/README.md").read_text()
EXAMPLES = re.findall(r"```cypher\n(.*?)```", GUIDE, re.S)


@pytest.mark.parametrize("statement", EXAMPLES)
async def test_an_example_finds_something(client: httpx.AsyncClient, statement: str) -> None:
    answer = await client.post("/cypher", json={"statement": statement})
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"]
