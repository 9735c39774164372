"""The filters that every answer takes: what held when, what was known when, how surely it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service.model.vocabulary import Basis, Modality

DEFAULT_BASIS = tuple(basis.value for basis in Basis)
DEFAULT_MODALITY = (Modality.ACTUAL.value, Modality.PLANNED.value)
EVERY_MODALITY = tuple(modality.value for modality in Modality)


class Disputed(StrEnum):
    """What may be asked of facts that are disputed. Where nothing is asked they count, and each is marked."""

    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class Filters:
    as_of: date | None = None
    known_at: date | None = None
    basis: tuple[str, ...] | None = None
    modality: tuple[str, ...] | None = None
    """None is the query's own default: actual and planned, unless its file says otherwise."""

    disputed: bool = True
    """Whether facts that are disputed count; each is marked."""

    def parameters(self, modality: tuple[str, ...] = DEFAULT_MODALITY) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "known_at": self.known_at,
            "basis": list(self.basis or DEFAULT_BASIS),
            "modality": list(self.modality or modality),
            "disputed": self.disputed,
        }
