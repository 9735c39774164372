"""What the two documents say, and the traps in them, worked out by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from service.model.facts import Fact, Seeds
from service.model.vocabulary import Basis, Kind, Modality

ROOT = Path(__file__).resolve().parents[2]


def find(seeds: Seeds, subject: str, relation: str, thing: str) -> Fact:
    (fact,) = (f for f in seeds.facts if (f.subject, f.relation, f.object) == (subject, relation, thing))
    return fact


def subjects(seeds: Seeds, relation: str, thing: str) -> set[str]:
    return {
        f.subject for f in seeds.facts if (f.relation, f.object) == (relation, thing) and f.basis is not Basis.REGISTER
    }


def test_every_quote_is_in_its_source(seeds: Seeds) -> None:
    texts = {source.id: source.text for source in seeds.sources}
    for fact in seeds.facts:
        assert texts[fact.source][fact.start : fact.end] == fact.quote


def test_the_sources_are_byte_for_byte() -> None:
    assert sum(path.read_text(encoding="utf-8").count("\u00a0") for path in (ROOT / "seeds/sources").iterdir()) >= 90


def test_the_size_of_the_seeds(seeds: Seeds) -> None:
    assert len([e for e in seeds.entities if e.kind is not Kind.SOURCE]) >= 130
    assert len(seeds.facts) >= 200


def test_seven_shared_services_and_one_user(seeds: Seeds) -> None:
    services = {e.id for e in seeds.entities if e.kind is Kind.SHARED_SERVICE}
    assert len(services) == 7
    assert [(f.subject, f.object) for f in seeds.facts if f.relation == "USES"] == [
        ("solent-local-enterprise-partnership", "solent-lep-technical-resources")
    ]
    assert not [f for f in seeds.facts if f.relation == "PROVIDES"], "no source names a provider"


def test_who_is_in_the_senate(seeds: Seeds) -> None:
    assert subjects(seeds, "MEMBER_OF", "hampshire-senate") == {
        *("hampshire-county-council", "hampshire-districts", "police", "fire", "adjacent-unitaries", "health"),
        *("voluntary-sector", "other-public-service-providers"),
    }


def test_who_co_locates_in_havant(seeds: Seeds) -> None:
    assert subjects(seeds, "BASED_AT", "havant-public-service-village") == {
        *("social-care", "health", "police", "fire", "havant-borough-council", "hampshire-county-council"),
    }


def test_each_workstyle_place_and_the_hub(seeds: Seeds) -> None:
    assert {f.object for f in seeds.facts if f.subject == "workstyle"} == {
        *("workstyle-basingstoke", "workstyle-havant", "workstyle-test-valley", "workstyle-rushmoor"),
        *("workstyle-eastleigh", "workstyle-totton", "fareham-multi-agency-hub"),
    }


def test_each_is_a_sum_from_each(seeds: Seeds) -> None:
    for funder in ("isle-of-wight-council", "nhs-isle-of-wight"):
        fact = find(seeds, funder, "FUNDS", "up2u")
        assert (fact.amount, fact.currency, fact.joint) == (10_000, "GBP", None)


def test_a_joint_sum_is_one_sum(seeds: Seeds) -> None:
    facts = [f for f in seeds.facts if f.joint]
    assert {f.subject for f in facts} == {"district-councils-broadband", "hampshire-county-council"}
    assert {(f.amount, f.joint) for f in facts} == {(3_500_000, "broadband-start")}


def test_the_two_twenty_thousands_are_two(seeds: Seeds) -> None:
    first = find(seeds, "gosport-participatory-budgeting", "REPORTS", "gosport-pb-distribution")
    second = find(seeds, "hampshire-action-team", "FUNDS", "gosport-pb-continuation")
    assert first.amount == second.amount == 20_000
    assert first.quote != second.quote


@pytest.mark.parametrize(
    ("subject", "relation", "thing", "modality"),
    [
        ("gosport-pb-continuation", "REPORTS", "gosport-match-funding", Modality.PROPOSED),
        ("improvement-and-efficiency-south-east", "FUNDS", "total-place-process-south-east", Modality.PROPOSED),
        ("other-local-authorities", "MEMBER_OF", "hampshire-cultural-trust", Modality.HYPOTHETICAL),
        ("central-government", "FUNDS", "flood-protection-measures", Modality.HYPOTHETICAL),
        ("transformation-next-phase", "REPORTS", "transformation-further-savings", Modality.HYPOTHETICAL),
        ("troubled-families-programme", "REPORTS", "agencies-per-family", Modality.ENDED),
        ("transformation-programmes", "REPORTS", "transformation-savings", Modality.PLANNED),
    ],
)
def test_what_is_not_yet_done_is_not_done(
    seeds: Seeds, subject: str, relation: str, thing: str, modality: Modality
) -> None:
    assert find(seeds, subject, relation, thing).modality is modality


@pytest.mark.parametrize(
    ("thing", "who"),
    [
        ("up2u", None),
        ("landfill-tax-saving", "hampshire-county-council"),
        ("council-tax-saving", "hampshire-county-council"),
        ("procurement-savings", None),
    ],
)
def test_estimates_say_whose_they_are(seeds: Seeds, thing: str, who: str | None) -> None:
    (entity,) = (e for e in seeds.entities if e.id == thing)
    assert entity.get("estimated_by") == who


def test_no_source_gives_the_home_office_an_amount(seeds: Seeds) -> None:
    fact = find(seeds, "home-office", "TAKES_PART_IN", "gosport-community-engagement-pilot")
    assert (fact.role, fact.amount) == ("sponsor", None)


def test_joint_leads(seeds: Seeds) -> None:
    leads = {f.subject for f in seeds.facts if f.object == "asset-management-workstream" and f.role == "joint lead"}
    assert leads == {"hampshire-county-council", "west-midlands"}


def test_forerunners_of_total_place(seeds: Seeds) -> None:
    assert subjects(seeds, "PRECEDES", "total-place") == {"hampshire-senate", "project-integra"}


def test_what_no_source_joins_stays_apart(seeds: Seeds) -> None:
    pairs = [
        ("havant-public-service-village", "workstyle-havant"),
        ("family-intervention-programme", "troubled-families-programme"),
    ]
    for a, b in pairs:
        assert not [f for f in seeds.facts if {f.subject, f.object} == {a, b}]


def test_group_members_come_from_the_register_alone(seeds: Seeds) -> None:
    registered = Counter(f.object for f in seeds.facts if f.basis is Basis.REGISTER)
    assert registered == {
        "hampshire-districts": 11,
        "district-councils-broadband": 11,
        "hampshire-local-authorities": 12,
        "adjacent-unitaries": 2,
    }
    winchester = {f.object for f in seeds.facts if f.subject == "winchester-city-council" and f.basis is Basis.STATED}
    assert winchester == {"hampshire-cultural-trust"}


def test_authorities_carry_their_codes(seeds: Seeds) -> None:
    authorities = [e for e in seeds.entities if e.kind is Kind.AUTHORITY]
    assert len(authorities) == 15
    assert all(e.get("gss_code") and e.get("tier") for e in authorities)
