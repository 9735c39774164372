"""Every file of cypher/read runs, and every way of asking that it names leads to it."""

from __future__ import annotations

import pytest

from service.answers.ask import Questions
from service.answers.catalog import Catalog, check_catalog, read_catalog
from service.answers.filters import Filters
from service.answers.statements import Query, Type
from service.errors import AmbiguousName, EntityNotFound
from service.graph.store import Store
from service.model.facts import Seeds
from service.model.vocabulary import ORGANISATIONS

CATALOG = read_catalog()
FITTING = {
    "event": "Portsmouth conference",
    "place": "Havant Public Service Village",
    "service": "legal services",
    "source": "the 2014 minutes",
    "funder": "Isle of Wight Council",
    "body": "Hampshire County Council",
    "a": "Gosport Borough Council",
    "b": "Home Office",
    "topic": "waste",
    "without": "the refurbishment",
    "thing": "UP2U",
    "programme": "UP2U",
}


def example(query: Query) -> dict[str, str]:
    return {p.name: FITTING[p.name] for p in query.parameters if p.required and p.type in {Type.ENTITY, Type.TEXT}}


def test_there_are_many() -> None:
    assert len(CATALOG.queries) >= 25


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
async def test_it_runs(name: str, questions: Questions, store: Store) -> None:
    query = CATALOG[name]
    answer = await questions.run(name, example(query), Filters(), await store.revision())
    assert answer.query == name
    assert answer.answer
    for row in answer.rows:
        assert set(row) == {column.name for column in query.columns} | {"evidence", "quotes"}
        assert row["evidence"], "a row without evidence"
        assert row["quotes"]


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
async def test_each_way_of_asking_leads_to_it(name: str, questions: Questions, store: Store) -> None:
    revision = await store.revision()
    for pattern in CATALOG[name].ask:
        for expansion in {
            pattern.expansions[0],
            pattern.expansions[len(pattern.expansions) // 2],
            pattern.expansions[-1],
        }:
            question = expansion.format_map(FITTING)
            try:
                answer = await questions.ask(question, Filters(), revision)
            except (AmbiguousName, EntityNotFound) as error:
                pytest.fail(f"{question!r}: {error}")
            assert answer.query == name, f"{question!r} was answered by {answer.query}"


async def test_neo4j_plans_every_file(catalog: Catalog, store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    marks = tmp_path_factory.mktemp("marks")
    await check_catalog(catalog, store, marks)
    assert len(list(marks.iterdir())) == 1, "it remembers, so that the next start is quick"


async def test_a_source_is_told_in_its_own_order(questions: Questions, store: Store, seeds: Seeds) -> None:
    said = sorted((f.start, f.id) for f in seeds.facts if f.source == "total-place-activities-2010")
    assert len(said) > 50
    answer = await questions.run(
        "source-says", {"source": "total-place-activities-2010"}, Filters(), await store.revision()
    )
    assert [row["evidence"] for row in answer.rows] == [[fact] for _, fact in said]


async def test_whole_graph_questions_leave_nothing_out(questions: Questions, store: Store, seeds: Seeds) -> None:
    revision = await store.revision()
    not_yet = await questions.run("not-yet", {}, Filters(), revision)
    waiting = {f.id for f in seeds.facts if f.modality in {"planned", "proposed", "hypothetical"}}
    assert {row["evidence"][0] for row in not_yet.rows} == waiting

    named: dict[str, dict[str, set[str]]] = {}
    organisations = {e.id for e in seeds.entities if e.kind in ORGANISATIONS}
    for fact in seeds.facts:
        if fact.basis != "register" and fact.modality in {"actual", "planned"}:
            for end in {fact.subject, fact.object} & organisations:
                named.setdefault(end, {}).setdefault(fact.source, set()).add(fact.id)
    several = await questions.run("in-several-sources", {}, Filters(), revision)
    assert {row["body"]["id"]: (row["sources"], row["facts"]) for row in several.rows} == {
        body: (sorted(by), sum(map(len, by.values()))) for body, by in named.items() if len(by) > 1
    }
