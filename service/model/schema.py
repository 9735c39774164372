"""What an entity and a fact carry: every property once, with its type and what it is for.

The relations and kinds are in vocabulary.py. From both come the constraints and indexes of the graph, what a load
writes (properties.py), the lists that Cypher returns (cypher_expansion.py), the models of answers (web/schemas.py),
the columns of exports (columns.py) and the tables of seeds/README.md and cypher/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service.model.dates import PartialDate
from service.model.vocabulary import ORGANISATIONS, PROGRAMMES, Basis, Kind, Modality


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a node or of an edge."""

    name: str
    type_: type
    """As Python has it; a word of the vocabulary and a date as sources give them are texts in the graph."""

    says: str
    """What it says, in a sentence."""

    kinds: frozenset[Kind] = frozenset(Kind)
    """Of an entity's property: the kinds that can have it."""

    required: bool = False
    shown: bool = True
    """Whether answers show it."""

    listed: bool = False
    """Of an entity's property: whether a list of entities shows it too."""

    exported: bool = True

    @property
    def stored(self) -> type:
        """Its type in the graph and in exports."""
        return str if issubclass(self.type_, StrEnum | PartialDate) else self.type_

    def read(self, stored: Any) -> Any:
        """What the graph or an export holds, as Python has it. Raises ValueError where it cannot be."""
        if issubclass(self.type_, PartialDate):
            return PartialDate.parse(stored)
        return self.type_(stored) if issubclass(self.type_, StrEnum) else stored


_FIGURES = frozenset({Kind.OUTCOME})
_SOURCES = frozenset({Kind.SOURCE})
_AUTHORITIES = frozenset({Kind.AUTHORITY, Kind.PARTNERSHIP})
_SETS = frozenset({Kind.GROUP})

ENTITY_PROPERTIES = (
    Property("id", str, "Lower-case words joined by hyphens; it never changes.", required=True, listed=True),
    Property("name", str, "The name it is shown by.", required=True, listed=True),
    Property("kind", str, "What it is; also a label of the node.", required=True, listed=True),
    Property("aliases", list, "Its other names.", required=True, listed=True),
    Property("named", bool, "False where it stands for somebody whom the source does not name.", ORGANISATIONS),
    Property("summary", str, "What it is, in a sentence or two.", listed=True),
    Property("dataset", str, "The load that made it: seeds, or an import's name.", shown=False),
    Property("code", str, "Its code in a register of local authorities.", _AUTHORITIES),
    Property("org_id", str, "Its identifier as org-id.guide has it.", ORGANISATIONS | PROGRAMMES),
    Property("tier", str, "The tier of local government.", _AUTHORITIES),
    Property("gss_code", str, "Its nine-character code of the Office for National Statistics.", _AUTHORITIES),
    Property("county", str, "The county it lies in.", _AUTHORITIES),
    Property("region", str, "The region it lies in.", _AUTHORITIES),
    Property("nation", str, "The nation it lies in.", _AUTHORITIES),
    Property("start", str, "When it began, as exactly as a register gives it.", ORGANISATIONS, listed=True),
    Property("end", str, "When it ended, as exactly as a register gives it.", ORGANISATIONS, listed=True),
    Property("count", int, "How many members there are.", _SETS),
    Property("complete", bool, "Whether the known members are all of them.", _SETS),
    Property("publisher", str, "Who published it.", _SOURCES),
    Property("licence", str, "The licence under which it is published.", _SOURCES),
    Property("date", str, "Its date, as exactly as it is given: a day, a month or a year.", _SOURCES | {Kind.EVENT}),
    Property("date_note", str, "How its date is known.", _SOURCES),
    Property("recorded", date, "The last day on which it can have been written.", _SOURCES),
    Property("file", str, "The name of its file.", _SOURCES),
    Property("sha256", str, "The sha256 of its file.", _SOURCES),
    Property("text", str, "The whole of its text, where that is not too long to be kept.", _SOURCES, shown=False),
    Property("measure", str, "What the figure measures.", _FIGURES),
    Property("amount", float, "The figure.", _FIGURES),
    Property("unit", str, "What the figure counts: ISO 4217 where it is money.", _FIGURES),
    Property("period", str, "The time that the figure is for, as the source words it.", _FIGURES),
    Property("estimated_by", str, "The id of whoever estimated it.", _FIGURES),
    Property("approximate", bool, "Whether the source gives it as about so much.", _FIGURES),
    Property("keys", list, "Its names as they are compared.", shown=False, exported=False),
    Property("exists_from", date, "The first day that `start` can mean.", ORGANISATIONS, shown=False, exported=False),
    Property("exists_until", date, "The last day that `end` can mean.", ORGANISATIONS, shown=False, exported=False),
    Property("checksum", str, "Tells a load whether anything of it changed.", shown=False, exported=False),
)

FACT_PROPERTIES = (
    Property("fact", str, "The fact's id: `id` in answers.", required=True),
    Property("role", str, "What the one is in the other, as in the table of relations."),
    Property("amount", float, "Null where the source gives none."),
    Property("currency", str, "ISO 4217, or the unit of a figure that is not money."),
    Property("joint", str, "Facts that carry the same mark share one sum."),
    Property("basis", Basis, "How surely it is said: stated, implied or register.", required=True),
    Property(
        "modality", Modality, "Whether it is done: actual, planned, proposed, hypothetical or ended.", required=True
    ),
    Property("source", str, "The id of the source that says it.", required=True),
    Property("quote", str, "Character for character as the source has it.", required=True),
    Property("line", int, "The line of the source on which the quote begins.", required=True),
    Property("start", int, "Offset of the quote in the source's text, in characters.", required=True),
    Property("note", str, "What a careful reader should know; why, where it is implied."),
    Property("valid_from", PartialDate, "Since when, as exactly as the source gives it."),
    Property("valid_until", PartialDate, "Until when, as exactly as the source gives it."),
    Property("recorded", date, "The last day on which the first edition that says it can be written.", required=True),
    Property("last_seen", date, "The same of the last edition of its source that says it."),
    Property("first_edition", str, "The id of the first edition that says it."),
    Property("last_edition", str, "The id of the last one: quote, line and start are of it."),
    Property("disputed", date, "Since when it is disputed, while nobody has decided."),
    Property("withdrawn", date, "The day on which a decision withdrew it: it holds only for what was known before."),
    Property("award", str, "Of a grant: its identifier, as the publisher gives it."),
    Property("programme", str, "Of money: the programme within which it is given, by id."),
    Property("holds_from", date, "The first day on which it is known to hold.", required=True, shown=False),
    Property("holds_until", date, "The last day on which it can hold.", required=True, shown=False),
    Property("dataset", str, "The load that made it: seeds, or an import's name.", required=True, shown=False),
    Property("checksum", str, "Tells a load whether anything of it changed.", shown=False, exported=False),
)

FACT_FIELDS = (
    *("id", "subject", "relation", "object"),
    *(each.name for each in FACT_PROPERTIES if each.shown and each.name != "fact"),
)
"""A fact as every answer shows it: its id, what it joins and how, and its properties."""

LISTED_FIELDS = tuple(each.name for each in ENTITY_PROPERTIES if each.listed)
"""An entity as a list of entities shows it."""

OF_SOME_KINDS = tuple(each.name for each in ENTITY_PROPERTIES if each.exported and each.kinds != frozenset(Kind))
"""What only some kinds of entity have."""

SOURCE_FIELDS = (
    *("id", "name"),
    *(
        each.name
        for each in ENTITY_PROPERTIES
        if each.shown and each.name in OF_SOME_KINDS and Kind.SOURCE in each.kinds
    ),
)
"""A source as a list of sources shows it."""
