"""The small lexicon of relations for prose: lexicon.yaml, its patterns compiled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from service.documents.drafting.tagging import NAMES
from service.model.vocabulary import RELATIONS, Kind, Modality

_AUX = (
    r"(?: (?:has|have|had|is|are|was|were|will|would|may|might|could|can|shall|be|been|being|also|already|now|still|"
    r"each|both|all|together|currently|jointly|since|again|next|itself|then|only|not|to|continue[sd]?|formally))*"
)
_MACROS = {
    "{S}": rf"(?P<s>{NAMES})",
    "{T}": rf"(?P<t>{NAMES})",
    "{O}": r"(?P<o>@\d+@)",
    "{AUX}": _AUX,
    "{GAP}": r"[^@#.;:]{0,60}?",
}


class Rule(BaseModel):
    """One way of saying one relation, read over a tagged sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    relation: str
    pattern: str
    role: str | None = None
    modality: Modality | None = None
    """Where the words themselves settle it; else it is read from the clause."""

    kind: Kind | None = None
    """Of the object, where the words tell what its name does not."""

    subject: Literal["home"] | None = None
    object: Literal["home", "before", "it"] | None = None

    @property
    def backwards(self) -> bool:
        """Whether {O} came before {T}, which the sentence names first."""
        return self.relation == "PRECEDES" and "{S}" not in self.pattern


def _compiled(pattern: str) -> re.Pattern[str]:
    for macro, meaning in _MACROS.items():
        pattern = pattern.replace(macro, meaning)
    return re.compile(pattern)


RULES: tuple[Rule, ...] = TypeAdapter(tuple[Rule, ...]).validate_python(
    yaml.safe_load((Path(__file__).parent / "lexicon.yaml").read_text(encoding="utf-8"))
)
PATTERNS = {rule.name: _compiled(rule.pattern) for rule in RULES if rule.relation in RELATIONS}
