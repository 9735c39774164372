"""What is imported answers like everything else: money by currency and programme, names beside the names of old."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.graph.load import load, load_streams
from service.graph.store import Store
from service.ingest.grants import GrantFile
from service.ingest.importer import Held
from service.model.facts import Seeds
from tests.ingest.grants import WINCHESTER, grant, written
from tests.waiting import caught_up

NAME = "test-grants"


@pytest.fixture
async def imported(store: Store, client: httpx.AsyncClient, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    def to(number: int, org_id: str, name: str, **more: Any) -> dict[str, Any]:
        return grant(id=f"360G-test-{number}", recipientOrganization=[{"id": org_id, "name": name}], **more)

    council = [{"id": "GB-LAE-WIN", "name": "Winchester"}]
    both = [*grant()["fundingOrganization"], {"id": "GB-CHC-101", "name": "The Other Trust"}]
    rows = [
        to(1, "GB-CHC-1", "Winchester Hospice"),
        to(2, "GB-CHC-1", "Winchester Hospice", currency="EUR", amountAwarded=700),
        to(3, "US-EIN-2", "Winchester Historical Society of Virginia", amountAwarded=100, fundingOrganization=both),
        to(4, "GB-CHC-3", "The Guildhall Fund", amountAwarded=50.5, fundingOrganization=council, grantProgramme=None),
    ]
    path = written(tmp_path / "g.json", rows)
    found = GrantFile(path, NAME, tmp_path / "d.csv", recorded=date(2025, 1, 1))
    found.check(Held((), [WINCHESTER]))
    await load_streams(store, {NAME: lambda: (found.entities(), found.facts())})
    await caught_up(client, store)
    try:
        yield client
    finally:
        await load(store, Seeds((), (), ()), NAME)


async def get(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    response = await client.get(path)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


async def test_two_currencies_in_one_programme_are_two_totals(imported: httpx.AsyncClient) -> None:
    [programme] = (await get(imported, "/entities.json?q=Buildings (The Test Trust)"))["results"][:1]
    account = await get(imported, f"/funding/programmes/{programme['id']}.json")
    totals = {(total["status"], total["currency"]): total["total"] for total in account["totals"]}
    assert totals == {("actual", "EUR"): 700.0, ("actual", "GBP"): 1600.0}, "the sum of two funders counts once"
    assert all(len(gift["evidence"]) == 1 for gift in account["gifts"])
    page = await imported.get(f"/funding/programmes/{programme['id']}.html")
    assert page.status_code == 200


async def test_who_gave_and_who_was_given(imported: httpx.AsyncClient) -> None:
    given = await get(imported, "/funding/organisations/gb-chc-100.json")
    assert {total["currency"]: total["total"] for total in given["totals"]} == {"EUR": 700.0, "GBP": 1500.0}
    [together] = given["together"]
    assert together["amount"] == 100.0
    answer = await get(imported, "/queries/funded-within.json?programme=Buildings")
    assert {row["recipient"]["id"] for row in answer["rows"]} == {"gb-chc-1", "us-ein-2"}
    assert all(row["quotes"] for row in answer["rows"])
    council = await get(imported, "/facts.json?subject=winchester-city-council&relation=FUNDS")
    [fact] = [fact for fact in council["results"] if fact["award"]]
    assert (fact["object"]["id"], fact["amount"], fact["award"]) == ("gb-chc-3", 50.5, "360G-test-4")


async def test_winchester_is_the_city_council(imported: httpx.AsyncClient) -> None:
    answer = await get(imported, "/ask.json?q=which partners share services with Winchester")
    assert answer["parameters"]["body"]["id"] == "winchester-city-council"
    found = (await get(imported, "/entities.json?q=Winchester"))["results"]
    assert found[0]["id"] == "winchester-city-council"
    assert {"gb-chc-1", "us-ein-2"} <= {each["id"] for each in found}
    unclear = await imported.get("/entities/winchester h.json")
    assert unclear.status_code in {300, 404}


async def test_grantees_of_one_programme_are_no_partners(imported: httpx.AsyncClient) -> None:
    answer = await get(imported, "/queries/partners-sharing-services.json?body=gb-chc-1")
    assert answer["rows"] == []


async def test_its_source_shows_every_row(imported: httpx.AsyncClient) -> None:
    source = await get(imported, f"/sources/{NAME}.json")
    assert len(source["facts"]) == 6
    for fact in source["facts"]:
        assert source["text"][fact["start"] : fact["end"]] == fact["quote"]
