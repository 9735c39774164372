"""Concentration and leverage of known amounts, in one currency."""

from __future__ import annotations

from collections.abc import Mapping


def concentration(amounts: Mapping[str, float]) -> float | None:
    """H = sum s_f^2 over the funders' shares of what is known: 1 where one gives all (Herfindahl 1950, Hirschman 1964).

    1/H is the number of effective funders. None where nothing is known, or nothing was given.
    """
    total = sum(amounts.values())
    return sum((amount / total) ** 2 for amount in amounts.values()) if total > 0 else None


def leverage(given: Mapping[str, float], totals: Mapping[str, float]) -> float | None:
    """sum_p (T_p - a_p) / sum_p a_p over the programmes whose total T is known: what came beside each pound given.

    None where no such programme had anything from the funder.
    """
    known = {programme: amount for programme, amount in given.items() if programme in totals}
    own = sum(known.values())
    return sum(totals[programme] - amount for programme, amount in known.items()) / own if own > 0 else None
