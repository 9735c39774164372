"""Totals of money: the traps of the two documents, and small sums that were worked out by hand."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from service.metrics.funding import Gift, Status, concentration, leverage, totals


def gift(fact: str, amount: float | None = None, **more: Any) -> Gift:
    given: dict[str, Any] = {"funder": "a", "thing": "p", "currency": "GBP" if amount is not None else None}
    given |= {"joint": None, "status": Status.ACTUAL, "source": "s", "recorded": "2010-06-30", "row": False}
    return Gift(fact=fact, amount=amount, **(given | more))


def summed(gifts: list[Gift], joints: dict[str, set[str]] | None = None) -> list[tuple[Any, ...]]:
    found = totals(gifts, {mark: frozenset(facts) for mark, facts in (joints or {}).items()})
    return [(t.status.value, t.currency, t.total, t.unknown, t.facts, [out.fact for out in t.left_out]) for t in found]


def test_nothing_adds_to_nothing() -> None:
    assert totals([], {}) == []


def test_each_counts_and_unknown_is_not_zero() -> None:
    gifts = [gift("1", 10_000), gift("2", 10_000, funder="b"), gift("3", funder="c")]
    assert summed(gifts) == [("actual", "GBP", 20_000, 1, ("1", "2"), ["3"])]
    assert summed([gift("3")]) == [("actual", None, None, 1, (), ["3"])]


def test_a_joint_sum_counts_once_and_only_whole() -> None:
    both = [gift("1", 3.5e6, joint="j"), gift("2", 3.5e6, funder="b", joint="j")]
    assert summed(both, {"j": {"1", "2"}}) == [("actual", "GBP", 3.5e6, 0, ("1",), ["2"])]
    assert summed(both[:1], {"j": {"1", "2"}}) == [("actual", "GBP", None, 0, (), ["1"])]


def test_statuses_and_currencies_never_mix() -> None:
    gifts = [
        gift("1", 1, status=Status.ACTUAL),
        gift("2", 2, status=Status.PLANNED),
        gift("3", 4, status=Status.of("proposed")),
        gift("4", 8, status=Status.of("hypothetical")),
        gift("5", 16, currency="EUR"),
        gift("6", 32, status=Status.ENDED),
    ]
    assert [row[:3] for row in summed(gifts)] == [
        ("actual", "EUR", 16),
        ("actual", "GBP", 1),
        ("planned", "GBP", 2),
        ("sought", "GBP", 12),
        ("ended", "GBP", 32),
    ]


def test_documents_are_not_added_to_each_other() -> None:
    earlier, later = gift("1", 10), gift("2", 12, source="t", recorded="2014-10-03")
    assert summed([earlier, later]) == [("actual", "GBP", 12, 0, ("2",), ["1"])]
    assert summed([earlier, gift("2", 12, source="t", thing="q")])[0][2] == 22, "different things do add"
    assert summed([earlier, gift("2", 10)])[0][2] == 20, "two sums of one document do add"


def test_rows_of_a_register_are_awards_of_their_own() -> None:
    rows = [gift("1", 10, row=True), gift("2", 10, row=True), gift("3", 12, row=True, source="t")]
    assert summed(rows)[0][2] == 32
    assert summed([*rows, gift("4", 10, source="u")])[0][2] == 32, (
        "what a document says of a row's sum is that row's sum"
    )


def test_concentration_and_leverage_by_hand() -> None:
    assert concentration({"a": 10, "b": 10}) == 0.5
    assert concentration({"a": 30, "b": 10}) == pytest.approx(0.625)
    assert concentration({}) is None
    assert concentration({"a": 0}) is None
    assert leverage({"p": 10, "q": 10}, {"p": 40, "q": 20}) == pytest.approx(2.0)
    assert leverage({"p": 10, "q": 10}, {"p": 40}) == pytest.approx(3.0), "q's whole is not known"
    assert leverage({"p": 10}, {}) is None


async def get(client: httpx.AsyncClient, path: str, **params: Any) -> dict[str, Any]:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def actual(account: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(t["currency"], t["total"], t["unknown"]) for t in account["totals"] if t["status"] == "actual"]


async def test_the_three_and_a_half_million_count_once(client: httpx.AsyncClient) -> None:
    account = await get(client, "/funding/programmes/superfast broadband")
    assert actual(account) == [("GBP", 3_500_000, 0)]
    (together,) = account["together"]
    assert {each["id"] for each in together["funders"]} == {"hampshire-county-council", "district-councils-broadband"}
    assert account["concentration"][0]["value"] is None, "the share of each is not given"
    assert account["leverage"][0]["value"] == pytest.approx((32 - 3.5) / 3.5)
    assert {figure["amount"] for figure in account["figures"]} == {32e6, 20e6}, "figures stand beside"


async def test_nobody_is_said_to_have_given_all_of_a_joint_sum(client: httpx.AsyncClient) -> None:
    account = await get(client, "/funding/organisations/Hampshire County Council")
    assert actual(account) == [("GBP", None, 0)]
    assert account["together"][0]["amount"] == 3_500_000
    assert account["leverage"][0]["value"] is None
    winchester = await get(client, "/funding/organisations/Winchester")
    assert winchester["totals"] == []
    assert [each["group"]["id"] for each in winchester["via_group"]] == ["district-councils-broadband"]


async def test_each_gave_ten_thousand(client: httpx.AsyncClient) -> None:
    account = await get(client, "/funding/programmes/UP2U")
    assert actual(account) == [("GBP", 20_000, 0)]
    assert account["concentration"][0]["value"] == 0.5
    for body in ("Isle of Wight Council", "NHS Isle of Wight"):
        own = await get(client, f"/funding/organisations/{body}")
        assert actual(own) == [("GBP", 10_000, 0)]
        assert (own["leverage"][0]["value"], own["leverage"][0]["over"]) == (1.0, ["up2u"])


async def test_the_two_twenty_thousands_stay_apart(client: httpx.AsyncClient) -> None:
    account = await get(client, "/funding/programmes/gosport-participatory-budgeting")
    assert account["totals"] == [], "who gave the £20k that was distributed is not said"
    assert [figure["amount"] for figure in account["figures"]] == [20_000]
    (after,) = account["beside"]
    assert (after["how"], after["totals"][0]["total"]) == ("continued by", 20_000)
    assert [figure["amount"] for figure in after["figures"]] == [None], "match funding is sought, not had"


async def test_a_sponsor_is_not_a_sum(client: httpx.AsyncClient) -> None:
    account = await get(client, "/funding/programmes/Gosport pilot")
    assert account["totals"] == []
    assert [(each["body"]["id"], each["role"]) for each in account["supporters"]] == [("home-office", "sponsor")]


async def test_all_flows_and_their_totals(client: httpx.AsyncClient) -> None:
    flows = await get(client, "/funding/flows")
    assert [(t["status"], t["currency"], t["total"], t["unknown"]) for t in flows["totals"]] == [
        ("actual", "GBP", 3_540_000, 1),
        ("planned", None, None, 1),
        ("sought", None, None, 2),
    ]
    for total in flows["totals"]:
        listed = [*total["facts"], *(out["fact"] for out in total["left_out"])]
        of_status = {row["evidence"][0] for row in flows["results"] if row["status"] == total["status"]}
        assert set(listed) == of_status, "every fact is in a total or left out with a reason"
    assert all(row["quotes"] for row in flows["results"])
    sought = await get(client, "/funding/flows", status="sought")
    assert {row["modality"] for row in sought["results"]} == {"proposed", "hypothetical"}
    one = await get(client, "/funding/flows", funder="Hampshire County Council", thing="superfast broadband")
    assert one["totals"][0]["total"] is None, "of the joint sum, one giver's facts are no total"


async def test_savings_stand_beside_with_whose_estimate_they_are(client: httpx.AsyncClient) -> None:
    account = await get(client, "/funding/organisations/Hampshire County Council")
    savings = {f["figure"]["id"]: f for f in account["figures"] if f["measure"] == "saving"}
    assert {"landfill-tax-saving", "transformation-savings", "efficiency-savings-2010-11"} <= savings.keys()
    assert savings["landfill-tax-saving"]["estimated_by"]["id"] == "hampshire-county-council"
    assert savings["transformation-savings"]["modality"] == "planned"
    known = {f["amount"] for f in savings.values() if f["amount"]}
    sums = {total["total"] for total in account["totals"]}
    assert not sums & {sum(known)}


async def test_known_at_holds_for_money(client: httpx.AsyncClient) -> None:
    flows = await get(client, "/funding/flows", known_at="2011-01-01")
    assert {row["thing"]["id"] for row in flows["results"]}.isdisjoint({"superfast-broadband", "lep-funded-schemes"})
    assert flows["totals"][0]["total"] == 40_000


@pytest.mark.parametrize("path", ["/funding/flows", "/funding/programmes/up2u", "/funding/organisations/winchester"])
async def test_pages_and_csv(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(f"{path}.html")
    assert page.status_code == 200, page.text
    assert "<script>" not in page.text
    csv = await client.get(f"{path}.csv")
    assert csv.status_code == 200
    assert csv.headers["content-type"].startswith("text/csv")


async def test_a_programme_is_no_organisation(client: httpx.AsyncClient) -> None:
    answer = await client.get("/funding/organisations/UP2U")
    assert answer.status_code == 422
    assert "/funding/programmes/" in answer.json()["detail"]
    assert (await client.get("/funding/programmes/no such thing at all")).status_code == 404
