"""What a node and an edge carry: every property that a load writes, by name."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from service.model.dates import PartialDate
from service.model.facts import Entity, Fact
from service.model.name_keys import name_key

ENTITY_PROPERTIES = (
    *("code", "org_id", "tier", "gss_code", "county", "region", "nation", "start", "end", "count", "complete"),
    *("date", "date_note", "recorded", "publisher", "licence", "file", "sha256", "text"),
    *("measure", "amount", "unit", "period", "estimated_by", "approximate"),
)
"""What only some kinds of entity have."""


def node_properties(entity: Entity, dataset: str) -> dict[str, Any]:
    """All properties of an entity's node; what it lacks is None. `checksum` tells whether any changed."""
    given = dict(entity.properties)
    properties: dict[str, Any] = {
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "keys": list(dict.fromkeys(name_key(name) for name in (entity.name, *entity.aliases))),
        "summary": entity.summary,
        "dataset": dataset,
        "exists_from": PartialDate.parse(given["start"]).earliest if given.get("start") else None,
        "exists_until": PartialDate.parse(given["end"]).latest if given.get("end") else None,
    } | {key: given.get(key) for key in ENTITY_PROPERTIES}
    if properties["amount"] is not None:
        properties["amount"] = float(properties["amount"])
    properties["checksum"] = _checksum(properties)
    return properties


def edge_properties(fact: Fact, dataset: str) -> dict[str, Any]:
    """All properties of a fact's edge; what it lacks is None. `checksum` tells whether any changed."""
    properties: dict[str, Any] = {
        "fact": fact.id,
        "source": fact.source,
        "quote": fact.quote,
        "line": fact.line,
        "start": fact.start,
        "basis": fact.basis.value,
        "modality": fact.modality.value,
        "role": fact.role,
        "amount": fact.amount,
        "currency": fact.currency,
        "joint": f"{fact.source}/{fact.joint}" if fact.joint else None,
        "award": fact.award,
        "programme": fact.programme,
        "note": fact.note,
        "valid_from": str(fact.valid_from) if fact.valid_from else None,
        "valid_until": str(fact.valid_until) if fact.valid_until else None,
        "recorded": fact.recorded,
        "holds_from": fact.holds_from,
        "holds_until": fact.holds_until,
        "dataset": dataset,
    }
    properties["checksum"] = _checksum(properties)
    return properties


def _checksum(properties: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(properties, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
