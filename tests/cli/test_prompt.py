"""The prompt of `joinedup cypher`: what it completes, and that a mistake does not end it."""

from __future__ import annotations

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from service.cli.cypher import _answered, _words
from service.graph.store import Store
from service.sandbox.execution import Sandbox


@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        ("MATCH (a:Auth", "Authority", "FUNDS"),
        ("MATCH (a)-[f:FU", "FUNDS", "Authority"),
        ("MATCH (a)-[f:FUNDS|TA", "TAKES_PART_IN", "Authority"),
        ("MATCH (a) RETURN a.na", "name", "Authority"),
        ("MAT", "MATCH", "Authority"),
    ],
)
async def test_completion(store: Store, typed: str, offered: str, not_offered: str) -> None:
    completer = await _words(store)
    found = [each.text for each in completer.get_completions(Document(typed), CompleteEvent())]
    assert offered in found
    assert not_offered not in found


async def test_a_mistake_is_said_and_the_prompt_goes_on(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    sandbox = Sandbox(store)
    await _answered(sandbox, "CREATE (n)", {}, 10)
    await _answered(sandbox, "RETURN 41 + 1 AS answer", {}, 10)
    said = capsys.readouterr().out
    assert "Only reading is allowed: Create is not reading" in said
    assert "42" in said
