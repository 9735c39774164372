"""What a question asks, as one value: its frame."""

from __future__ import annotations

from dataclasses import dataclass

FAMILIES: dict[str, str] = {
    "partners": "who works or shares with a body",
    "who": "who takes part in, leads, supports, attends, uses or provides a thing",
    "involvement": "what a body takes part in, leads, supports, attends, uses or provides",
    "money": "who funds what, how much was given or paid, what something costs",
    "figures": "a figure that a source reports: savings, staff, users, volume",
    "place": "where something is, what is in a place, whom or where it serves",
    "time": "when something happened, started or ends, and how long it lasted",
    "between": "what links two or more things that are named",
    "status": "what is planned, proposed, hypothetical, ended or under review",
    "scores": "scores, ranks, brokers, strongest pairs, likely partners, the network as a whole",
    "change": "what changed, began or ended between dates, and who came before or after",
    "whatif": "what would happen if bodies merged, left or were dissolved",
    "about": "what something is",
    "sources": "what a document says, where a claim comes from, and how sure it is",
    "list": "lists and counts of a kind",
    "none": "nothing that this network holds",
}
ANSWERS = tuple("who what how_many how_much when where yes_no list most compare describe why how".split())
RELATIONS = tuple(
    "MEMBER_OF TAKES_PART_IN LEADS SUPPORTS FUNDS PROVIDES USES SHARES BASED_AT PART_OF PRECEDES HOLDS ATTENDS"
    " REPORTS SERVES LOCATED_IN ENABLED_BY CONCERNS PUBLISHES".split()
)
"""The relations that a question may ask for: those of the model, and three that people name and facts hold as roles
or together (LEADS, SUPPORTS, SHARES)."""

KINDS = tuple("council authority agency partnership programme service place event charity figure source".split())
STATUSES = ("actual", "planned", "proposed", "hypothetical", "ended")


@dataclass(frozen=True, slots=True)
class Frame:
    """A question as it was read. What it does not say is "" or ().

    `family` is a key of FAMILIES and `answer` one of ANSWERS; `slots` are the names as typed, in their order; `parts`
    are the questions of a compound question, each rewritten to stand alone: then family, answer and relation are
    those of the first. `confidence` is the probability, between 0 and 1, that `family` is right.
    """

    question: str
    family: str
    answer: str
    relation: str = ""
    kind: str = ""
    slots: tuple[str, ...] = ()
    year: str = ""
    status: str = ""
    parts: tuple[str, ...] = ()
    confidence: float = 0.0
    second: str = "none"
    """The family that is likeliest after `family`."""

    def as_json(self) -> dict[str, object]:
        """The frame as `joinedup ask --read` prints it."""
        return {
            "question": self.question,
            "family": self.family,
            "answer": self.answer,
            "relation": self.relation,
            "kind": self.kind,
            "slots": list(self.slots),
            "year": self.year,
            "status": self.status,
            "parts": list(self.parts),
            "confidence": round(self.confidence, 4),
            "second": {"family": self.second},
        }
