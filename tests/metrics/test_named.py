"""A body that stands for somebody whom no source names does not rank; it stays in the network."""

from __future__ import annotations

import httpx
import pytest

from service.model.facts import Seeds

FIRE = "fire"


async def ranks(client: httpx.AsyncClient, **more: str) -> dict[str, float | None]:
    body = (await client.get("/scores/organisations", params={"limit": 500} | more)).json()
    return {row["organisation"]["id"]: row["rank"] for row in body["results"]}


async def test_placeholders_rank_only_where_they_are_asked_for(client: httpx.AsyncClient, seeds: Seeds) -> None:
    placeholders = {entity.id for entity in seeds.entities if entity.get("named") is False}
    assert FIRE in placeholders
    ranked = {body for body, rank in (await ranks(client)).items() if rank is not None}
    assert ranked
    assert not ranked & placeholders
    asked = {body for body, rank in (await ranks(client, named="any")).items() if rank is not None}
    assert FIRE in asked
    assert ranked < asked


async def test_its_page_says_why(client: httpx.AsyncClient) -> None:
    body = (await client.get(f"/scores/organisations/{FIRE}")).text
    assert "whom no source names" in body


async def test_the_network_is_the_same(client: httpx.AsyncClient) -> None:
    one, other = [(await client.get("/scores/network", params=more)).json() for more in ({}, {"named": "any"})]
    assert (one["n"], one["m"]) == (other["n"], other["m"])


@pytest.mark.parametrize("bad", ["true", "none"])
async def test_another_word_is_refused(client: httpx.AsyncClient, bad: str) -> None:
    assert (await client.get("/scores/organisations", params={"named": bad})).status_code == 422
