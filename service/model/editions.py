"""A source has editions: each state of its file is one. A fact names the first and the last that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.model.facts import Entity, Fact
from service.model.vocabulary import Kind

_ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of a source's file."""

    id: str
    source: str
    properties: tuple[tuple[str, Any], ...]
    """Its date, recorded, sha256 and text, where they are known."""


def edition_of(entity: Entity) -> Edition | None:
    """The edition that a source's entity describes; None for what is no source, or has no file."""
    sha256 = entity.get("sha256")
    if entity.kind is not Kind.SOURCE or not sha256:
        return None
    given = tuple((name, entity.get(name)) for name in ("date", "recorded", "sha256", "text") if entity.get(name))
    return Edition(f"{entity.id}@{sha256[:_ID_DIGITS]}", entity.id, given)


def said_in(fact: Fact, editions: Mapping[str, Edition]) -> Fact:
    """The fact as the edition of its source says it; one that names its editions already is as it was."""
    edition = editions.get(fact.source)
    if edition is None or fact.last_edition:
        return fact
    return replace(fact, last_seen=fact.recorded, first_edition=edition.id, last_edition=edition.id)
