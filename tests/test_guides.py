"""Every code block of the analysts' guide runs; its Python, which needs the service, in web/test_guide_scripts.py."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from service.answers.catalog import check_catalog, read_catalog
from service.answers.filters import Filters
from service.graph.cypher_expansion import as_written
from service.graph.load import load
from service.graph.store import Store, Writing
from service.model.facts import Seeds

GUIDE = (Path(__file__).resolve().parents[1] / "cypher/README.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.S)
EXAMPLES = [text for language, text in BLOCKS if language == "cypher"]
SCRIPTS = [text for language, text in BLOCKS if language == "python"]
DECISION, QUESTION = [text for language, text in BLOCKS if language == "text"]


def test_no_block_is_left_out() -> None:
    """The picture is drawn by whoever shows the page."""
    assert {language for language, _ in BLOCKS} == {"mermaid", "cypher", "python", "text"}
    assert len(BLOCKS) == 3 + len(EXAMPLES) + len(SCRIPTS)


@pytest.mark.parametrize("statement", EXAMPLES)
async def test_an_example_finds_something(client: httpx.AsyncClient, statement: str) -> None:
    answer = await client.post("/cypher", json={"statement": statement})
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"]


async def test_a_decision(store: Store, seeds: Seeds) -> None:
    fact = seeds.facts[0].id
    assert "'f-0123456789abcdef'" in DECISION

    async def decide(writing: Writing) -> None:
        await writing.run(DECISION.replace("f-0123456789abcdef", fact))

    async def undo(writing: Writing) -> None:
        await writing.run("MATCH (d:Decision) DELETE d")

    await store.write(decide)
    try:
        assert (await load(store, seeds)).facts.changed == 1
        table = await store.read("MATCH ()-[f {fact: $id}]->() RETURN f.disputed IS NOT NULL", {"id": fact})
        assert table.rows == [[True]]
    finally:
        await store.write(undo)
        await load(store, seeds)


async def test_a_question_of_ones_own(store: Store, tmp_path: Path) -> None:
    """As it is written, and as the tool leaves it: the same rows."""
    path = tmp_path / "read/leads-something.cypher"
    path.parent.mkdir()
    rows = []
    for text in (QUESTION, None):
        path.write_text(text or as_written(path))
        catalog = read_catalog(tmp_path)
        await check_catalog(catalog, store, tmp_path / str(bool(text)))
        query = catalog["leads-something"]
        bound = Filters().parameters(query.modality) | {"body": "hampshire-county-council"}
        rows.append((await store.read(query.text, bound)).rows)
    assert rows[0]
    assert rows[0] == rows[1]
