"""Questions as people type them, with answers worked out by hand from the documents."""

from __future__ import annotations

import itertools
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from service.answers.answer import Answer
from service.answers.ask import Questions
from service.answers.filters import Filters
from service.errors import AmbiguousName, BadParameter, EntityNotFound
from service.graph.store import Store


@pytest.fixture(scope="session")
async def ask(questions: Questions, store: Store) -> Any:
    revision = await store.revision()

    async def asked(question: str, filters: Filters | None = None) -> Answer:
        return await questions.ask(question, filters or Filters(), revision)

    return asked


def ids(answer: Answer, column: str, **where: Any) -> set[str]:
    rows = [row for row in answer.rows if all(row[key] == value for key, value in where.items())]
    return {row[column]["id"] for row in rows if row[column]}


async def test_the_question_that_the_mission_names(ask: Any) -> None:
    answer = await ask("which partners share services with Winchester")
    assert answer.query == "partners-sharing-services"
    assert answer.parameters["body"]["id"] == "winchester-city-council"
    assert not ids(answer, "partner", grade="direct")
    assert any("No source names Winchester City Council as a provider or user" in note for note in answer.notes)
    assert ids(answer, "partner", grade="named together") == {"hampshire-county-council"}
    assert ids(answer, "what", grade="named together") == {"hampshire-cultural-trust"}
    assert ids(answer, "what", grade="via group") == {"hampshire-senate", "project-integra", "superfast-broadband"}
    for row in answer.rows:
        assert row["evidence"]
        assert row["quotes"]
        if row["grade"] == "via group":
            assert row["via"]["kind"] == "Group"
            assert len(row["evidence"]) == 3
    assert not ids(answer, "partner") & {"other-local-authorities", "gosport-borough-council"}, (
        "a member, or nobody yet"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Which partners share services with Winchester?",
        "WHICH PARTNERS SHARE SERVICES WITH WINCHESTER",
        "which partners share services with winchester city council",
        "Which councils share services with Winchester’s?",
        "wich partnrs share servces with Winchester",
        "Please tell me who shares services with Winchester councils",
    ],
)
async def test_the_way_it_is_typed_does_not_matter(ask: Any, question: str) -> None:
    answer = await ask(question)
    assert (answer.query, answer.parameters["body"]["id"]) == ("partners-sharing-services", "winchester-city-council")


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        *(("hcc", "hampshire-county-council"), ("HCC", "hampshire-county-council")),
        *(("the County Council", "hampshire-county-council"), ("IoW", "isle-of-wight-council")),
        *(("winchester-city-council", "winchester-city-council"), ("Winchester council", "winchester-city-council")),
        *(("PUSH", "partnership-for-urban-south-hampshire"), ("The Hampshire Senate", "hampshire-senate")),
    ],
)
async def test_names(questions: Questions, store: Store, name: str, entity: str) -> None:
    assert (await questions.names.resolve(name, await store.revision())).id == entity


@pytest.mark.parametrize(
    "name",
    [
        "Weymouth City Council",
        "East Hampshire County Council",
        "Northampton",
        "Hampshire Culture Truest Fund",
        "NHS Hampshire",
    ],
)
async def test_a_name_like_one_is_not_that_one(questions: Questions, store: Store, name: str) -> None:
    with pytest.raises((EntityNotFound, AmbiguousName)):
        await questions.names.resolve(name, await store.revision())


@pytest.mark.parametrize(("name", "least"), [("Havant", 3), ("the partnership", 5), ("the council", 10)])
async def test_an_ambiguous_name_gives_its_candidates(
    questions: Questions, store: Store, name: str, least: int
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        await questions.names.resolve(name, await store.revision())
    assert len(caught.value.extra["candidates"]) >= least


async def test_an_ambiguous_name_in_a_question(ask: Any) -> None:
    with pytest.raises(AmbiguousName) as caught:
        await ask("which partners share services with Havant?")
    assert {c["id"] for c in caught.value.extra["candidates"]} == {
        *("havant-borough-council", "havant-public-service-village", "workstyle-havant"),
    }


async def test_what_made_h3_possible(ask: Any) -> None:
    answer = await ask("What made H3 possible?")
    assert ids(answer, "enabler") == {"headquarters-refurbishment"}
    assert "couldn’t have been achieved" in answer.rows[0]["quotes"][0]


async def test_an_amount_that_no_source_gives(ask: Any) -> None:
    answer = await ask("How much did the Home Office give to the Gosport pilot?")
    (row,) = answer.rows
    assert row["amount"] is None
    assert row["says"] == "Named as sponsor; the source gives no amount."
    assert "amount not given" in answer.answer


async def test_two_names_that_no_source_joins(ask: Any) -> None:
    answer = await ask("Is the Havant building the same as the Public Service Village?")
    assert answer.answer.startswith(
        "No source says that Workstyle building in Havant and Havant Public Service Village are"
    )


async def test_two_names_of_one(ask: Any) -> None:
    assert (await ask("is HCC the same as the County Council?")).answer == "Both names mean Hampshire County Council."


async def test_joint_money_is_marked(ask: Any) -> None:
    answer = await ask("who funds superfast broadband")
    assert ids(answer, "funder") == {"hampshire-county-council", "district-councils-broadband"}
    assert len({row["joint"] for row in answer.rows}) == 1
    assert {row["amount"] for row in answer.rows} == {3_500_000}


async def test_hypothetical_money_is_not_given(ask: Any) -> None:
    answer = await ask("who funds flood protection?")
    assert [row["modality"] for row in answer.rows] == ["hypothetical"]


async def test_a_hypothetical_member_is_left_out_and_said_so(ask: Any) -> None:
    assert ids(await ask("who are the members of Hampshire Cultural Trust"), "member") == {
        *("winchester-city-council", "hampshire-county-council"),
    }
    every = Filters(modality=("hypothetical",))
    assert ids(await ask("members of the Cultural Trust", every), "member") == {"other-local-authorities"}
    assert any("modality=" in note for note in (await ask("members of new partners of H3")).notes) is False
    assert any("modality=proposed" in note for note in (await ask("members of H3")).notes)


@pytest.mark.parametrize(
    ("question", "query", "column", "expected"),
    [
        ("who leads the asset management workstream", "leads", "body", {"hampshire-county-council", "west-midlands"}),
        ("Who supports UP2U?", "supporters", "body", {"communities-and-local-government", "national-pb-unit"}),
        ("who funds UP2U", "funders", "funder", {"isle-of-wight-council", "nhs-isle-of-wight"}),
        ("forerunners of Total Place", "forerunners", "forerunner", {"hampshire-senate", "project-integra"}),
        ("what do Gosport Borough Council and the Home Office share", "shared-by-two", "what", {"gosport-community-engagement-pilot"}),
        ("which bodies co-locate where", "co-location", "place", {"havant-public-service-village"}),
        ("who uses technical resources", "service-providers", "body", {"solent-local-enterprise-partnership"}),
        ("who provides legal services", "service-providers", "body", set()),
        ("which organisations are named in more than one source", "in-several-sources", "body", {"hampshire-county-council"}),
        ("where is the multi-agency hub", "places-of", "place", {"fareham-area"}),
        ("where are the workstyle buildings", "places-of", "place", {
            "workstyle-basingstoke", "workstyle-havant", "workstyle-test-valley", "workstyle-rushmoor",
            "workstyle-eastleigh", "workstyle-totton", "fareham-multi-agency-hub",
        }),
    ],
)  # fmt: skip
async def test_questions(ask: Any, question: str, query: str, column: str, expected: set[str]) -> None:
    answer = await ask(question)
    assert answer.query == query
    assert ids(answer, column) == expected


async def test_a_chain_carries_its_quotes(ask: Any) -> None:
    answer = await ask("shortest chain between NHS Isle of Wight and the Home Office")
    steps = [(row["start"]["id"], row["end"]["id"]) for row in answer.rows]
    assert steps[0][0] == "nhs-isle-of-wight"
    assert steps[-1][1] == "home-office"
    assert all(a[1] == b[0] for a, b in itertools.pairwise(steps))
    assert all(row["quotes"] for row in answer.rows)


async def test_figures_are_not_added(ask: Any) -> None:
    answer = await ask("how much has Project Integra saved?")
    assert {row["amount"] for row in answer.rows} == {10_000_000, 90}
    assert any("not added up" in note for note in answer.notes)


async def test_a_question_that_no_pattern_fits_is_searched_for(ask: Any) -> None:
    answer = await ask("is match funding secured for the film about Gosport?")
    assert answer.query == "search"
    assert any("match funding is being sought" in row["quote"] for row in answer.rows)
    assert answer.notes[0].startswith("No question pattern fits")


async def test_a_person_that_sources_quote_but_no_fact_names(ask: Any) -> None:
    answer = await ask("Who is Andrew Smith?")
    assert answer.query == "search"
    assert "Andrew Smith" in answer.rows[0]["quote"]


@pytest.mark.parametrize("question", ["which partners share services with Atlantis", "どのパートナー", "who is Zaphod"])
async def test_nothing_that_it_names_is_known(ask: Any, question: str) -> None:
    with pytest.raises(EntityNotFound):
        await ask(question)


@pytest.mark.parametrize("question", ["x" * 10_000, "who\x00funds", "\x1b[31mred", "", "   ", "?!…", "'\"\\"])
async def test_what_is_no_question(ask: Any, question: str) -> None:
    with pytest.raises((BadParameter, EntityNotFound)):
        await ask(question)


@pytest.mark.parametrize(
    "question", ["who funds +*:~^(", 'who leads "', "who is AND OR NOT", "what is a\\b", "who funds title:x"]
)
async def test_search_syntax_is_only_text(ask: Any, question: str) -> None:
    with suppress(BadParameter, EntityNotFound):
        assert (await ask(question)).query == "search"


async def test_time_travel(ask: Any) -> None:
    before = await ask("who funds superfast broadband", Filters(known_at=date(2011, 1, 1)))
    assert before.rows == []
    assert (await ask("who funds UP2U", Filters(known_at=date(2011, 1, 1)))).rows
    assert (await ask("who funds UP2U", Filters(as_of=date(2009, 1, 1)))).rows == []
