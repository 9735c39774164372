"""Suggestions: the city council before anything else called Winchester, and questions that are answered."""

from __future__ import annotations

import httpx
import pytest


async def suggested(client: httpx.AsyncClient, typed: str) -> list[dict[str, str]]:
    response = await client.get("/suggest.json", params={"q": typed})
    assert response.status_code == 200
    return response.json()["results"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("winch", "Winchester City Council"),
        ("Winchester", "Winchester City Council"),
        ("superfast broadband", "superfast broadband project"),
        ("winchster", "Winchester City Council"),
    ],
)
async def test_what_may_be_named(client: httpx.AsyncClient, typed: str, first: str) -> None:
    results = await suggested(client, typed)
    assert next(each["text"] for each in results if each["href"]) == first
    for each in results:
        path = each["href"].partition("#")[0] if each["href"] else f"/ask.html?q={each['text']}"
        assert (await client.get(path)).status_code == 200, each


async def test_the_words_before_are_kept(client: httpx.AsyncClient) -> None:
    texts = [each["text"] for each in await suggested(client, "which partners share services with winch")]
    assert "which partners share services with Winchester City Council" in texts


async def test_nothing_is_no_error(client: httpx.AsyncClient) -> None:
    assert await suggested(client, "zzzzqqq") == []
    assert (await client.get("/suggest?q=")).status_code == 422
    assert "Nothing is named so" in (await client.get("/suggest.html?q=zzzzqqq")).text
