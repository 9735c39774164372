"""Names known beforehand (of seeds/, or of the graph), and when a name in a document surely means one of them.

Sure is only a full proper name, written as the known body writes it, of a kind that fits. A short name or an alias
that is
a common noun ("the Board", "Community Safety Partnership") means another body in every document and is never linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.documents.drafting.glossary import expanded
from service.documents.drafting.kinds import telling
from service.documents.drafting.wordlists import words
from service.model.facts import Entity
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

_COMMON = words("common-in-names")


@dataclass(frozen=True)
class KnownNames:
    """Each proper name's one bearer; a name of two bearers is not here."""

    by_key: Mapping[str, tuple[str, Kind]]

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> KnownNames:
        """Names from entities; without any, nothing is ever linked."""
        found: dict[str, set[tuple[str, Kind]]] = {}
        for entity in entities:
            if entity.kind not in ORGANISATIONS - {Kind.GROUP} or entity.get("named") is False:
                continue
            for name in (entity.name, *entity.aliases):
                if proper(name):
                    found.setdefault(name_key(expanded(name)), set()).add((entity.id, entity.kind))
        return cls({key: next(iter(bearers)) for key, bearers in found.items() if len(bearers) == 1})

    def sure(self, name: str, kinds: frozenset[Kind]) -> str | None:
        """The id of the body that surely bears this name; None where it is not sure."""
        found = self.by_key.get(name_key(expanded(name)))
        return found[0] if found and found[1] in kinds else None


def proper(name: str) -> bool:
    """Whether a name means one body wherever it is written: it ends as a name does and says more than what kind it
    is."""
    if re.search(r"[(\[]", name) or not name[:1].isupper() or name.lower().startswith("the "):
        return False
    words = name_key(name).split()
    if len(words) < 2 or not telling(name):
        return False
    return any(word not in _COMMON for word in words)
