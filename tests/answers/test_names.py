"""A name that the graph does not know is never answered for another body, on any address that takes one."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from service.answers.ask import Questions
from service.answers.catalog import Catalog
from service.answers.filters import Filters
from service.errors import AmbiguousName, EntityNotFound
from service.graph.store import Store
from service.identity.elsewhere import ELSEWHERE
from service.model.facts import Seeds
from service.model.name_keys import name_key

ADDRESSES = (
    "/entities/{}",
    "/scores/organisations/{}",
    "/scores/pairs?organisation={}",
    "/funding/organisations/{}",
    "/funding/programmes/{}",
    "/funding/flows?funder={}",
    "/funding/flows?thing={}",
    "/facts?subject={}",
    "/facts?object={}",
    "/facts?source={}",
    "/sources/{}",
    "/queries/partners-sharing-services?body={}",
    "/queries/about?thing={}",
    "/queries/shared-by-two?a=Winchester&b={}",
    "/ask?q=who works with {}",
    "/ask?q=who funds {}",
    "/ask?q=what does {} lead",
    "/ask?q=how much did {} save",
    "/scenarios/try?do=dissolve&who={}",
    "/scenarios/try?do=merge into a new body&who=Winchester;{}&to=New Council",
)
NAMED_IN_THE_ISSUE = (
    *("Manchester City Council", "Dover", "Fife", "Broadland District Council", "University of Southampton", "Surrey"),
    *("Kent", "West Sussex County Council", "East Sussex", "Wiltshire", "Reading Borough Council", "what", "Gosprt"),
)
NO_NAMES = (
    *(
        "x" * 10_000,
        "Kent\x00",
        "\x1b[31mKent",
        "どのパートナー",
        "Москва",
        "🦆",
        "'}) DETACH DELETE n",
        "<script>alert(1)",
    ),
    *(" and ".join(f"Nowhere {n}" for n in range(40)), "the of and", "12345", "?", '"', "*", "~2", "AND OR NOT"),
)


@pytest.fixture(scope="session")
def strangers(seeds: Seeds) -> list[str]:
    """Every name of the register that nothing in the seeds bears."""
    known = {name_key(name) for entity in seeds.entities for name in (entity.name, *entity.aliases)}
    known |= {f"{key} council" for key in known}
    named = {body.name for body in ELSEWHERE.values()} | {key for key in ELSEWHERE if not re.search(r"\d", key)}
    ours = {name for name in named if name_key(ELSEWHERE[name_key(name)].name) in known}
    return sorted(name for name in named - ours if name_key(name) not in known)


@pytest.mark.parametrize("name", NAMED_IN_THE_ISSUE)
@pytest.mark.parametrize("pattern", ADDRESSES)
async def test_no_address_answers_for_another(client: httpx.AsyncClient, pattern: str, name: str) -> None:
    response = await client.get(pattern.replace("{}", quote(name)))
    assert response.status_code in {404, 422}, response.text[:500]


async def test_no_name_of_the_register_is_answered_for_another(
    questions: Questions, store: Store, strangers: list[str]
) -> None:
    assert len(strangers) > 800
    revision = await store.revision()
    for name in strangers:
        with pytest.raises(EntityNotFound) as refused:
            pytest.fail(f"{name} is answered as {(await questions.names.resolve(name, revision)).id}")
        assert not refused.value.extra["nearest"], f"{name} is real: nothing is suggested in its place"


async def test_no_question_about_the_register_is_answered_for_another(
    questions: Questions, store: Store, strangers: list[str]
) -> None:
    revision = await store.revision()
    for at, name in enumerate(strangers[::7]):
        question = (
            "who works with {}",
            "how did {} spend its savings",
            "has {} met with anyone in the spring",
            "tell me about {}",
        )[at % 4]
        with pytest.raises(EntityNotFound):
            pytest.fail(repr((await questions.ask(question.format(name), Filters(), revision)).question))


async def test_no_word_of_a_pattern_is_a_name(questions: Questions, store: Store, catalog: Catalog) -> None:
    revision = await store.revision()
    answered = {}
    for word in catalog.vocabulary:
        try:
            answered[word] = await questions.names.resolve(word, revision)
        except (EntityNotFound, AmbiguousName):
            continue
    assert answered == {}


async def test_no_alias_with_a_slip_is_answered(questions: Questions, store: Store, seeds: Seeds) -> None:
    revision = await store.revision()
    names = {name for entity in seeds.entities for name in entity.aliases}
    known = {name_key(name) for entity in seeds.entities for name in (entity.name, *entity.aliases)}
    for name in sorted(names):
        middle = len(name) // 2
        for slip in (name[:middle] + name[middle + 1 :], name[:middle] + "q" + name[middle:], "x" + name):
            if name_key(slip) in known or not name_key(slip):
                continue
            with pytest.raises((EntityNotFound, AmbiguousName)):
                pytest.fail(f"{slip}: {await questions.names.resolve(slip, revision)}")


async def test_a_form_in_a_free_question_is_known(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/ask?q=how has the City of Winchester managed lately")).json()
    assert [each["id"] for each in answer["parameters"]["named"]] == ["winchester-city-council"]


async def test_one_known_and_one_unknown(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/ask?q=what do Surrey and Hampshire County Council share")).json()
    assert answer["query"] == "search"
    assert answer["notes"][0] == "No source names Surrey."
    assert answer["answer"].startswith("No source names Surrey.")
    assert [each["id"] for each in answer["parameters"]["named"]] == ["hampshire-county-council"]


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("/ask?q=who works with Winchster City Council", "/ask?q=who+works+with+winchester-city-council"),
        ("/entities/Winchster.html", "/entities/winchester-city-council.html"),
        ("/facts?subject=Winchster&limit=5", "/facts?subject=winchester-city-council&limit=5"),
        ("/scores/organisations/Winchster", "/scores/organisations/winchester-city-council"),
        ("/scenarios/try?do=dissolve&who=Winchster", "/scenarios/try?do=dissolve&who=winchester-city-council"),
    ],
)
async def test_a_suggestion_asks_the_same(client: httpx.AsyncClient, asked: str, same: str) -> None:
    response = await client.get(asked.replace(".html", ""))
    assert response.status_code in {404, 422}
    assert response.json()["nearest"][0]["href"] == same.replace(".html", "")
    page = await client.get(asked, headers={"Accept": "text/html"})
    assert f'href="{same.replace("&", "&amp;")}"' in page.text
    assert (await client.get(same)).status_code == 200


async def test_a_real_name_is_never_a_slip(client: httpx.AsyncClient) -> None:
    assert (await client.get("/entities/Manchester City Council")).json()["nearest"] == []


@pytest.mark.parametrize(
    ("form", "entity"),
    [
        *(("City of Winchester", "winchester-city-council"), ("Winchester City", "winchester-city-council")),
        *(("Hampshire CC", "hampshire-county-council"), ("the county of Hampshire", "hampshire-county-council")),
        *(("Borough of Gosport", "gosport-borough-council"), ("New Forest District", "new-forest-district-council")),
        *(("Council of the Isle of Wight", "isle-of-wight-council"), ("E10000014", "hampshire-county-council")),
    ],
)
async def test_forms_and_codes(questions: Questions, store: Store, form: str, entity: str) -> None:
    assert (await questions.names.resolve(form, await store.revision())).id == entity


@pytest.mark.parametrize(
    "form",
    ["City of Gosport", "Winchester BC", "Gosport County", "county of Winchester", "E07000999", "e10000014", "XYZ"],
)
async def test_a_form_of_no_council_is_none(questions: Questions, store: Store, form: str) -> None:
    with pytest.raises(EntityNotFound):
        await questions.names.resolve(form, await store.revision())


@pytest.mark.parametrize("pattern", ADDRESSES)
async def test_what_is_no_name_is_a_clear_problem(client: httpx.AsyncClient, pattern: str) -> None:
    """Never a stack trace, never an answer, and its own words come back as text."""
    for name in NO_NAMES:
        response = await client.get(pattern.replace("{}", quote(name, safe="")))
        assert response.status_code in {300, 404, 414, 422}, (name[:40], response.status_code, response.text[:300])
        assert response.json()["detail"], name[:40]
        assert len(response.json()["detail"]) < 1000, name[:40]
