"""The account of one programme or body: what is known of its money, what is not, and what each number rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.funding.queries import Entity, Figure, Flow, Money
from service.metrics.funding import Status, Total, concentration, leverage, totals


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum given together, as one of its givers or receivers sees it."""

    amount: float | None
    currency: str | None
    status: Status
    funders: tuple[Entity, ...]
    things: tuple[Entity, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A number about money, or the reason why there is none."""

    value: float | None
    reason: str | None
    currency: str | None = None
    facts: tuple[str, ...] = ()
    """What it was computed from."""

    over: tuple[str, ...] = ()
    """Of leverage: the programmes whose total is known."""


def totals_of(money: Money, flows: Iterable[Flow] | None = None) -> list[Total]:
    """Totals of some flows (all of them where none are named) out of what was read."""
    chosen = money.flows if flows is None else flows
    return totals((flow.gift for flow in chosen), money.joint_facts)


def sums_together(money: Money) -> list[Sum]:
    """The sums that several give together, each once."""
    found = []
    for mark, joint in sorted(money.joints.items()):
        gift = next(flow.gift for flow in money.flows if flow.gift.joint == mark)
        facts = tuple(sorted(joint.facts))
        found.append(Sum(gift.amount, gift.currency, gift.status, joint.funders, joint.things, facts))
    return found


def funder_concentration(money: Money) -> list[Ratio]:
    """Herfindahl's H over what each funder is known to give, actual money only, a currency at a time."""
    found = []
    for total in totals_of(money):
        if total.status is not Status.ACTUAL or total.total is None:
            continue
        counted = [flow.gift for flow in money.flows if flow.gift.fact in total.facts]
        if any(gift.joint and len(money.joints[gift.joint].funders) > 1 for gift in counted):
            why = "a sum is given together, and no source gives the share of each funder"
            found.append(Ratio(None, why, total.currency, total.facts))
            continue
        amounts: dict[str, float] = defaultdict(float)
        for gift in counted:
            amounts[gift.funder] += gift.amount or 0.0
        value = concentration(amounts)
        found.append(Ratio(value, None if value else "nothing was given", total.currency, total.facts))
    return found or [Ratio(None, "no amount is known that was given")]


def programme_leverage(money: Money, figures: Sequence[Figure]) -> list[Ratio]:
    """What came beside each unit of the known gifts to one thing, where a source reports what was invested in all."""
    found = []
    for total in totals_of(money):
        if total.status is not Status.ACTUAL or not total.total:
            continue
        whole = known_total(figures, total.currency)
        facts = (*total.facts, *whole.facts)
        if whole.value is None:
            found.append(Ratio(None, whole.reason, total.currency, facts))
        elif whole.value < total.total:
            found.append(Ratio(None, "the reported investment is less than the known gifts", total.currency, facts))
        else:
            value = leverage({"it": total.total}, {"it": whole.value})
            found.append(Ratio(value, None, total.currency, facts))
    return found or [Ratio(None, "no amount is known that was given")]


def known_total(figures: Iterable[Figure], currency: str | None) -> Ratio:
    """The whole investment in a thing, where just one figure of it is reported as actual in this currency."""
    reported = [
        figure
        for figure in figures
        if figure.measure == "investment"
        and figure.modality == "actual"
        and figure.amount is not None
        and figure.unit == currency
    ]
    facts = tuple(figure.fact for figure in reported)
    if len({figure.amount for figure in reported}) > 1:
        return Ratio(None, "several investments are reported, and no source says which is the whole", currency, facts)
    if not reported:
        return Ratio(None, "no source reports the whole investment", currency)
    return Ratio(reported[0].amount, None, currency, facts)


def funder_leverage(
    given: Money, to_same: Mapping[str, Money], figures: Mapping[str, Sequence[Figure]], *, funder: str
) -> list[Ratio]:
    """sum_p (T_p - a_p) / sum_p a_p over the programmes whose total T is known, for one funder, a currency at a time.

    T is the one investment that is reported of a programme; without any, the sum of its gifts where every amount is
    known. `to_same` holds all money to each thing that the funder gives to, `figures` its figures.
    """
    own: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    facts: dict[str, list[str]] = defaultdict(list)
    for total in totals_of(given, (flow for flow in given.flows if flow.gift.funder == funder)):
        if total.status is Status.ACTUAL and total.currency:
            for flow in given.flows:
                if flow.gift.fact in total.facts:
                    own[total.currency][flow.gift.thing] += flow.gift.amount or 0.0
                    facts[total.currency].append(flow.gift.fact)
    found = []
    for currency, amounts in sorted(own.items()):
        whole: dict[str, float] = {}
        rests = list(facts[currency])
        for thing, amount in amounts.items():
            known = known_total(figures.get(thing, ()), currency)
            if known.value is None and not known.facts:
                known = _all_gifts_known(to_same[thing], currency)
            if known.value is not None and known.value >= amount:
                whole[thing] = known.value
                rests += known.facts
        value = leverage(amounts, whole)
        why = None if value is not None else "of nothing that it gives to is the whole known"
        found.append(Ratio(value, why, currency, tuple(dict.fromkeys(rests)), tuple(sorted(whole))))
    return found or [Ratio(None, "no amount is known that it gave alone")]


def _all_gifts_known(money: Money, currency: str) -> Ratio:
    actual = [total for total in totals_of(money) if total.status is Status.ACTUAL]
    if len(actual) != 1 or actual[0].currency != currency or actual[0].unknown or actual[0].total is None:
        return Ratio(None, "not every amount is known", currency)
    return Ratio(actual[0].total, None, currency, actual[0].facts)
