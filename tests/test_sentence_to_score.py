"""Read this one first: one sentence of the minutes, followed all the way to the answer that a strategist reads.

seeds/ -> facts -> graph -> queries -> scores -> web
"""

from __future__ import annotations

import httpx

from service.answers.ask import Questions
from service.answers.filters import Filters
from service.graph.store import Store
from service.model.facts import Seeds

SENTENCE = "Hampshire Cultural Trust was set up with Winchester City Council"


async def test_a_sentence_becomes_an_answer(
    seeds: Seeds, store: Store, questions: Questions, client: httpx.AsyncClient
) -> None:
    # A document says something. The fact is what it says, with the words that say it.
    (source,) = (source for source in seeds.sources if source.id == "joint-working-minutes-2014")
    assert SENTENCE in source.text
    facts = [fact for fact in seeds.facts if fact.quote.startswith(SENTENCE)]
    (hypothetical,) = (fact for fact in facts if fact.modality == "hypothetical")
    (implied,) = (fact for fact in facts if fact.basis == "implied")
    (stated,) = (fact for fact in facts if fact not in {hypothetical, implied})
    assert (stated.subject, stated.relation, stated.object) == (
        *("winchester-city-council", "MEMBER_OF", "hampshire-cultural-trust"),
    )
    assert implied.subject == "hampshire-county-council"
    assert implied.note, "what is concluded says why"
    assert hypothetical.subject == "other-local-authorities", "'would be made stronger by' adds nobody"

    # The fact becomes an edge of the graph that carries the sentence.
    table = await store.read(
        "MATCH (s)-[f {fact: $id}]->(o) RETURN s.id, type(f), o.id, f.quote, f.basis", {"id": stated.id}
    )
    assert table.rows == [[stated.subject, stated.relation, stated.object, stated.quote, "stated"]]

    # A Cypher file becomes a question, and the edge a graded row of its answer.
    answer = await questions.ask("which partners share services with Winchester", Filters(), table.revision)
    (row,) = (row for row in answer.rows if row["grade"] == "named together")
    assert row["partner"]["id"] == "hampshire-county-council"
    assert row["what"]["id"] == "hampshire-cultural-trust"
    assert row["evidence"] == [stated.id, implied.id]

    # Over HTTP the answer leads back to the quote, and the quote to its place in the document.
    body = (await client.get("/ask", params={"q": "Which partners share services with Winchester?"})).json()
    (told,) = (fact for fact in body["evidence"] if fact["id"] == stated.id)
    assert told["quote"].startswith(SENTENCE)
    document = (await client.get(f"/sources/{told['source']}")).json()
    assert document["text"][told["start"] :].startswith(SENTENCE)

    # The tie counts in the scores, and each score leads back to the same fact.
    scores = (await client.get("/scores/organisations/winchester-city-council")).json()
    assert {each["metric"]: each["value"] for each in scores["results"]}["breadth"] == 1
    assert [fact["id"] for fact in scores["evidence"]] == [stated.id]
