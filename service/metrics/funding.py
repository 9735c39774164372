"""Totals, concentration and leverage of known amounts. Currencies are never mixed, and nothing is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.metrics.metric import metric


class Status(StrEnum):
    """How real money is: sums of one status are never added to those of another."""

    ACTUAL = "actual"
    PLANNED = "planned"
    SOUGHT = "sought"
    """Proposed or hypothetical: asked for, or spoken of as possible."""

    ENDED = "ended"

    @classmethod
    def of(cls, modality: str) -> Status:
        return cls.SOUGHT if modality in {"proposed", "hypothetical"} else cls(modality)


@dataclass(frozen=True, slots=True)
class Gift:
    """What one fact says of money: who gives to what, and how much where its source says so."""

    fact: str
    funder: str
    thing: str
    amount: float | None
    currency: str | None
    joint: str | None
    """Gifts that carry one mark are one sum between them."""

    status: Status
    source: str
    recorded: str
    """The day of the source, ISO 8601."""

    row: bool
    """Whether it is a row of a register or grant file: two rows are two awards, even when they look alike."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    fact: str
    why: str


@dataclass(frozen=True, slots=True)
class Total:
    status: Status
    currency: str | None
    """None where no amount is known."""

    total: float | None
    """The sum of what is known; None where nothing is."""

    unknown: int
    """Gifts whose amount no source gives. They stand under the status's first currency, once."""

    facts: tuple[str, ...]
    """The facts in the sum: of a joint sum, one of them."""

    left_out: tuple[LeftOut, ...]


def totals(gifts: Iterable[Gift], joint_facts: Mapping[str, frozenset[str]]) -> list[Total]:
    """The known amounts of some gifts, added by status and currency.

    `joint_facts` names all facts of each sum that is given together. Such a sum counts once, and only where all its
    facts are among `gifts`: of a part of its givers, or of its receivers, no source gives the share. What an earlier
    document says of the same funder and thing is left out beside a later one: no source says that the two add.
    No gifts give an empty list.
    """
    by_status: dict[Status, list[Gift]] = defaultdict(list)
    for gift in sorted(gifts, key=lambda gift: gift.fact):
        by_status[gift.status].append(gift)
    return [total for status in Status for total in _of_status(status, by_status[status], joint_facts)]


def _of_status(status: Status, gifts: Sequence[Gift], joint_facts: Mapping[str, frozenset[str]]) -> list[Total]:
    here = {gift.fact for gift in gifts}
    counted: dict[str, list[Gift]] = defaultdict(list)
    left_out: dict[str | None, list[LeftOut]] = defaultdict(list)
    together: dict[str, str] = {}
    for gift in gifts:
        if gift.amount is None or gift.currency is None:
            left_out[None].append(LeftOut(gift.fact, "no source gives the amount"))
        elif why := _not_counted(gift, gifts, here, joint_facts, together):
            left_out[gift.currency].append(LeftOut(gift.fact, why))
        else:
            counted[gift.currency].append(gift)
            if gift.joint:
                together[gift.joint] = gift.fact
    unknown = left_out.pop(None, [])
    found: list[Total] = []
    for currency in sorted(counted.keys() | left_out.keys(), key=str) or ([None] if unknown else []):
        summed = counted.get(currency or "", [])
        found.append(
            Total(
                status,
                currency,
                sum(gift.amount or 0.0 for gift in summed) if summed else None,
                0 if found else len(unknown),
                tuple(gift.fact for gift in summed),
                (*left_out.get(currency, ()), *([] if found else unknown)),
            )
        )
    return found


def _not_counted(
    gift: Gift,
    gifts: Sequence[Gift],
    here: set[str],
    joint_facts: Mapping[str, frozenset[str]],
    together: Mapping[str, str],
) -> str | None:
    """Why a known amount is not added, if so."""
    if gift.joint:
        if not joint_facts.get(gift.joint, frozenset()) <= here:
            return "one sum given together with others; no source gives the share of each"
        if gift.joint in together:
            return f"the same sum as in {together[gift.joint]}, given together: it counts once"
        return None
    if gift.row:
        return None
    for other in gifts:
        alike = (other.funder, other.thing, other.currency) == (gift.funder, gift.thing, gift.currency)
        if other is gift or not alike or other.source == gift.source or other.amount is None:
            continue
        if other.row and other.amount == gift.amount:
            return f"the same sum as in {other.fact}, a row of {other.source}"
        if not other.row and (other.recorded, other.source) > (gift.recorded, gift.source):
            return f"a later source speaks of it in {other.fact}; no source says that the two sums add"
    return None


@metric(
    "money",
    10,
    "How far the known money hangs on one funder: 1 where one gives all, 1/H effective funders.",
    name="funder_concentration",
    definition="H = sum s_f^2",
    citation="Herfindahl 1950; Hirschman 1964",
    undefined="no amount is known that was given",
    projection="none",
    weight="known amounts, one currency",
)
def concentration(amounts: Mapping[str, float]) -> float | None:
    """H = sum s_f^2 over the funders' shares of what is known: 1 where one gives all (Herfindahl 1950, Hirschman 1964).

    1/H is the number of effective funders. None where nothing is known, or nothing was given.
    """
    total = sum(amounts.values())
    return sum((amount / total) ** 2 for amount in amounts.values()) if total > 0 else None


@metric(
    "money",
    20,
    "What came beside each unit given, where the whole is known.",
    definition="sum_p (T_p - a_fp) / sum_p a_fp",
    citation="the ratio of other to own money, as public bodies report it",
    undefined="of nothing that it gives to is the whole known",
    projection="none",
    weight="known amounts, one currency",
)
def leverage(given: Mapping[str, float], totals: Mapping[str, float]) -> float | None:
    """sum_p (T_p - a_p) / sum_p a_p over the programmes whose total T is known: what came beside each pound given.

    None where no such programme had anything from the funder.
    """
    known = {programme: amount for programme, amount in given.items() if programme in totals}
    own = sum(known.values())
    return sum(totals[programme] - amount for programme, amount in known.items()) / own if own > 0 else None
