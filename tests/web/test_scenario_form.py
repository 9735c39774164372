"""What-ifs whose steps stand in an address, and the form that builds them."""

from __future__ import annotations

import httpx

TRY = "/scenarios/try"
MERGE = {
    "do": "merge into a new body",
    "who": "Winchester City Council; Hart District Council",
    "leaves": "",
    "to": "Mid Hampshire Council",
}


async def test_an_address_gives_what_the_document_gives(client: httpx.AsyncClient) -> None:
    steps = [
        {"merge": ["Winchester City Council", "Hart District Council"], "into": {"name": "Mid Hampshire Council"}},
        {"withdraw": "Hampshire County Council", "from": ["Hampshire Senate"]},
        {"end": "superfast broadband"},
    ]
    posted = (await client.post("/scenarios", json={"title": "x", "steps": steps})).json()
    given = [
        *MERGE.items(),
        *(("do", "withdraw"), ("who", "Hampshire County Council"), ("leaves", "Hampshire Senate"), ("to", "")),
        *(("do", "end"), ("who", "superfast broadband"), ("leaves", ""), ("to", "")),
    ]
    tried = (await client.get(TRY, params=given)).json()
    assert tried["effects"] == posted["effects"]
    assert tried["scores"] == posted["scores"]
    assert (
        tried["title"]
        == "Winchester City Council and Hart District Council become Mid Hampshire Council, and 2 more steps"
    )


async def test_every_verb_has_its_words(client: httpx.AsyncClient) -> None:
    for do, who, leaves, to in (
        ("merge into one that exists", "Hart District Council", "", "Winchester City Council"),
        ("dissolve", "Hampshire Senate", "", ""),
        ("withdraw", "Hampshire County Council", "", ""),
        ("move", "superfast broadband", "Winchester City Council", "Hart District Council"),
    ):
        answer = await client.get(TRY, params={"do": do, "who": who, "leaves": leaves, "to": to})
        if do == "move":  # the seeds name no part of Winchester's in it
            assert answer.status_code == 422, answer.text
            assert answer.json()["step"] == 1
        else:
            assert answer.status_code == 200, answer.text
            assert answer.json()["effects"]


async def test_steps_that_nobody_filled_in_are_no_steps(client: httpx.AsyncClient) -> None:
    empty = [("do", "dissolve"), ("who", " "), ("leaves", ""), ("to", "")]
    answer = (await client.get(TRY, params=[*MERGE.items(), *empty])).json()
    assert len(answer["steps"]) == 1
    assert (await client.get(TRY, params=empty)).status_code == 422
    assert (await client.get(f"{TRY}.html", params=empty)).status_code == 200, "the form, to be filled in"


async def test_the_page_shows_the_form_as_it_was_filled_in_and_what_is_wrong(client: httpx.AsyncClient) -> None:
    page = await client.get(f"{TRY}.html", params=MERGE | {"as_of": "2014-12-31"})
    assert page.status_code == 200
    assert 'value="Winchester City Council; Hart District Council"' in page.text
    assert 'value="2014-12-31"' in page.text
    wrong = await client.get(f"{TRY}.html", params=MERGE | {"who": "Winchester City Council; <b>Nowhere</b>"})
    assert wrong.status_code == 422
    assert "Step 1: no source names" in wrong.text
    assert "<b>Nowhere" not in wrong.text
    assert 'value="Mid Hampshire Council"' in wrong.text
    assert wrong.headers["cache-control"] == "no-store"


async def test_lists_that_do_not_fit_each_other_are_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get(TRY, params=[("do", "end"), ("who", "H3"), ("who", "superfast broadband")])
    assert answer.status_code == 422
    assert "more often than do" in answer.json()["detail"]
