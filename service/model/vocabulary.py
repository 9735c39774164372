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


class Ties(StrEnum):
    """Whether a relation ties a body to a thing."""

    DEFAULT = "default"
    POSSIBLE = "possible"
    """Only where it is asked for."""

    NO = "no"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation and the kinds that may stand at either end of it."""

    name: str
    subjects: frozenset[Kind]
    objects: frozenset[Kind]
    says: str
    """How a sentence says it: `{subject} {says} {object}`."""

    ties: Ties = Ties.NO
    roles: tuple[str, ...] = ()
    money: bool = False
    """Whether it carries an amount, with its currency and the mark of a joint sum."""

    note: str = ""
    """What else its row in seeds/README.md says."""


_DOERS = ORGANISATIONS | PROGRAMMES
_FUNDED = ORGANISATIONS | {Kind.PROGRAMME, Kind.SHARED_SERVICE}
_SETS = frozenset({Kind.PARTNERSHIP, Kind.GROUP})
_SERVICES, _PLACES, _EVENTS = (frozenset({kind}) for kind in (Kind.SHARED_SERVICE, Kind.PLACE, Kind.EVENT))
_PART_ROLES = ("lead", "joint lead", "partner", "sponsor", "supporter", "host", "commissioner", "pathfinder")
_BUT_FIGURES = ANYTHING - {Kind.OUTCOME}

_RELATIONS = (
    Relation("MEMBER_OF", ORGANISATIONS, _SETS, "is a member of", Ties.DEFAULT, roles=("chair",)),
    Relation("TAKES_PART_IN", ORGANISATIONS, PROGRAMMES, "takes part in", Ties.DEFAULT, roles=_PART_ROLES),
    Relation("FUNDS", ORGANISATIONS, _FUNDED, "funds", Ties.POSSIBLE, money=True),
    Relation("PROVIDES", ORGANISATIONS, _SERVICES, "provides", Ties.DEFAULT),
    Relation("USES", ORGANISATIONS, _SERVICES, "uses", Ties.DEFAULT),
    Relation("BASED_AT", _DOERS, _PLACES, "is based at", Ties.DEFAULT),
    Relation("PART_OF", ANYTHING, ANYTHING, "is part of"),
    Relation("PRECEDES", _DOERS, _DOERS, "came before", note="a forerunner, or what continues as something else"),
    Relation("HOLDS", _DOERS, _EVENTS, "holds", Ties.POSSIBLE),
    Relation("ATTENDS", ORGANISATIONS, _EVENTS, "attends", Ties.POSSIBLE),
    Relation("REPORTS", _DOERS | _PLACES, frozenset({Kind.OUTCOME}), "reports", note="the figure is the Outcome's"),
    Relation("SERVES", _DOERS, _PLACES | {Kind.GROUP}, "serves", note="whom or where it is aimed at"),
    Relation("LOCATED_IN", _PLACES | _EVENTS, _PLACES, "is in"),
    Relation(
        *("ENABLED_BY", _DOERS, _BUT_FIGURES, "was made possible by"), note="what it could not have been done without"
    ),
    Relation("CONCERNS", _DOERS | _EVENTS, _BUT_FIGURES, "concerns", note="what it is about"),
    Relation("PUBLISHES", ORGANISATIONS, frozenset({Kind.SOURCE}), "published"),
)
RELATIONS: dict[str, Relation] = {relation.name: relation for relation in _RELATIONS}

DEFAULT_TYING = tuple(relation.name for relation in _RELATIONS if relation.ties is Ties.DEFAULT)
_POSSIBLE = tuple(relation.name for relation in _RELATIONS if relation.ties is Ties.POSSIBLE)

Tying = StrEnum("Tying", [(name, name) for name in (*DEFAULT_TYING, *_POSSIBLE)], module=__name__)  # type: ignore[misc]
Tying.__doc__ = "Relations that can tie a body to a thing: what scores count, and what a body can withdraw from."

TYING = frozenset(Tying)

MEASURES = frozenset({"saving", "investment", "leverage", "volume", "reach", "share", "publication"})
"""What an outcome's figure measures."""
