"""The closed vocabulary: what may be named, what may be said, and how surely. seeds/README.md explains each word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an entity is. The four kinds of organisation carry the label `Organisation` as well."""

    AUTHORITY = "Authority"
    AGENCY = "Agency"
    PARTNERSHIP = "Partnership"
    GROUP = "Group"
    PROGRAMME = "Programme"
    SHARED_SERVICE = "SharedService"
    PLACE = "Place"
    EVENT = "Event"
    OUTCOME = "Outcome"
    SOURCE = "Source"

    @property
    def labels(self) -> tuple[str, ...]:
        return ("Entity", "Organisation", self.value) if self in ORGANISATIONS else ("Entity", self.value)


ORGANISATIONS = frozenset({Kind.AUTHORITY, Kind.AGENCY, Kind.PARTNERSHIP, Kind.GROUP})
PROGRAMMES = frozenset({Kind.PROGRAMME})
ANYTHING = frozenset(Kind) - {Kind.SOURCE}


class Basis(StrEnum):
    STATED = "stated"
    IMPLIED = "implied"
    REGISTER = "register"


class Modality(StrEnum):
    ACTUAL = "actual"
    PLANNED = "planned"
    PROPOSED = "proposed"
    HYPOTHETICAL = "hypothetical"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation and the kinds that may stand at either end of it."""

    name: str
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    says: str
    """How a sentence says it: `{subject} {says} {object}`."""

    roles: frozenset[str] = frozenset()
    amounts: bool = False


def _relation(
    name: str, subjects: frozenset[Kind], objects: frozenset[Kind], says: str, *roles: str, amounts: bool = False
) -> tuple[str, Relation]:
    return name, Relation(name, subjects, objects, says, frozenset(roles), amounts)


RELATIONS: dict[str, Relation] = dict(
    [
        _relation("MEMBER_OF", ORGANISATIONS, frozenset({Kind.PARTNERSHIP, Kind.GROUP}), "is a member of", "chair"),
        _relation(
            "TAKES_PART_IN",
            ORGANISATIONS,
            PROGRAMMES,
            "takes part in",
            *("lead", "joint lead", "partner", "sponsor", "supporter", "host", "commissioner", "pathfinder"),
        ),
        _relation("FUNDS", ORGANISATIONS, ORGANISATIONS | {Kind.PROGRAMME, Kind.SHARED_SERVICE}, "funds", amounts=True),
        _relation("PROVIDES", ORGANISATIONS, frozenset({Kind.SHARED_SERVICE}), "provides"),
        _relation("USES", ORGANISATIONS, frozenset({Kind.SHARED_SERVICE}), "uses"),
        _relation("BASED_AT", ORGANISATIONS | PROGRAMMES, frozenset({Kind.PLACE}), "is based at"),
        _relation("PART_OF", ANYTHING, ANYTHING, "is part of"),
        _relation("PRECEDES", ORGANISATIONS | PROGRAMMES, ORGANISATIONS | PROGRAMMES, "came before"),
        _relation("HOLDS", ORGANISATIONS | PROGRAMMES, frozenset({Kind.EVENT}), "holds"),
        _relation("ATTENDS", ORGANISATIONS, frozenset({Kind.EVENT}), "attends"),
        _relation("REPORTS", ORGANISATIONS | {Kind.PROGRAMME, Kind.PLACE}, frozenset({Kind.OUTCOME}), "reports"),
        _relation("SERVES", ORGANISATIONS | PROGRAMMES, frozenset({Kind.PLACE, Kind.GROUP}), "serves"),
        _relation("LOCATED_IN", frozenset({Kind.PLACE, Kind.EVENT}), frozenset({Kind.PLACE}), "is in"),
        _relation("ENABLED_BY", ORGANISATIONS | PROGRAMMES, ANYTHING - {Kind.OUTCOME}, "was made possible by"),
        _relation("CONCERNS", ORGANISATIONS | {Kind.PROGRAMME, Kind.EVENT}, ANYTHING - {Kind.OUTCOME}, "concerns"),
        _relation("PUBLISHES", ORGANISATIONS, frozenset({Kind.SOURCE}), "published"),
    ]
)


class Tying(StrEnum):
    """Relations that can tie a body to a thing: what scores count, and what a body can withdraw from."""

    MEMBER_OF = "MEMBER_OF"
    TAKES_PART_IN = "TAKES_PART_IN"
    PROVIDES = "PROVIDES"
    USES = "USES"
    BASED_AT = "BASED_AT"
    FUNDS = "FUNDS"
    HOLDS = "HOLDS"
    ATTENDS = "ATTENDS"


TYING = frozenset(Tying)

MEASURES = frozenset({"saving", "investment", "leverage", "volume", "reach", "share", "publication"})
"""What an outcome's figure measures."""
