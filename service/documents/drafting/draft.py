"""A draft of a fact: what a rule reads in a document, for a person to accept, change or reject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.documents.document import PassageKind
from service.model.vocabulary import Basis, Kind, Modality


@dataclass(frozen=True, slots=True)
class End:
    """A subject or an object: as the document names it in full, and the known entity where that is sure."""

    text: str
    kinds: frozenset[Kind]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    source: str
    quote: str
    start: int
    """Offset of the quote in the document's text."""

    subject: End
    relation: str
    object: End
    rule: str
    passage: PassageKind
    role: str | None = None
    amount: float | None = None
    currency: str | None = None
    joint: str | None = None
    """Drafts with one mark share one sum between them."""

    modality: Modality = Modality.ACTUAL
    basis: Basis = Basis.STATED
    page: int | None = None

    @property
    def claim(self) -> tuple[Any, ...]:
        """What is claimed: two drafts that claim the same are one."""
        ends = self.subject.text.casefold(), self.relation, self.object.text.casefold()
        return (*ends, self.role, self.amount, self.modality)

    def as_dict(self) -> dict[str, Any]:
        """A JSON line of `joinedup draft --jsonl`."""
        return {
            "source": self.source,
            "quote": self.quote,
            "subject": {"text": self.subject.text, "id": self.subject.id},
            "relation": self.relation,
            "object": {"text": self.object.text, "id": self.object.id},
            "role": self.role,
            "amount": self.amount,
            "currency": self.currency,
            "modality": self.modality.value,
            "basis": self.basis.value,
            "rule": self.rule,
            "page": self.page,
        }
