"""What people decide about facts, beside what sources say: kept in the graph, and laid over what a load writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from service.model.facts import Fact


class Verdict(StrEnum):
    DISPUTE = "dispute"
    """Somebody doubts it, and it is not decided."""

    KEEP = "keep"
    """It stands, whatever was decided before."""

    WITHDRAW = "withdraw"
    """It is none: out of every answer but those for what was known before."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What decisions make of a fact."""

    disputed: date | None = None
    withdrawn: date | None = None

    def after(self, verdict: Verdict, day: date) -> Standing:
        """Decided once more. A dispute is as old as the first since it was last decided."""
        match verdict:
            case Verdict.DISPUTE:
                return replace(self, disputed=self.disputed or day)
            case Verdict.WITHDRAW:
                return Standing(withdrawn=self.withdrawn or day)
            case Verdict.KEEP:
                return Standing()


def standings(decided: Iterable[tuple[str, Verdict, date]]) -> dict[str, Standing]:
    """The standing of each fact about which something was decided, by its id; the earlier decisions come first."""
    found: dict[str, Standing] = {}
    for fact, verdict, day in decided:
        found[fact] = found.get(fact, Standing()).after(verdict, day)
    return found


def laid_over(fact: Fact, found: Mapping[str, Standing]) -> Fact:
    """The fact as it stands. One about which nothing was decided is as it was."""
    standing = found.get(fact.id)
    return replace(fact, disputed=standing.disputed, withdrawn=standing.withdrawn) if standing else fact
