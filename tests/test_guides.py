"""Every example of Cypher that the analysts' guide shows runs, and finds something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.graph.store import Store

GUIDE = (Path(__file__).resolve().parents[1] / "cypher/README.md").read_text()
EXAMPLES = re.findall(r"```cypher\n(.*?)```", GUIDE, re.S)


@pytest.mark.parametrize("statement", EXAMPLES)
async def test_an_example_finds_something(store: Store, statement: str) -> None:
    assert (await store.read(statement)).rows
