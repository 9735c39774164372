"""What a node and an edge carry: every property that a load writes, by name."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Any

import orjson

from service.model.dates import PartialDate
from service.model.facts import Entity, Fact
from service.model.name_keys import name_key
from service.model.schema import ENTITY_PROPERTIES, FACT_PROPERTIES

_ENTITY_NAMES = tuple(each.name for each in ENTITY_PROPERTIES)
_AMOUNTS = tuple(each.name for each in ENTITY_PROPERTIES if each.type_ is float)


def node_properties(entity: Entity, dataset: str) -> dict[str, Any]:
    """All properties of an entity's node; what it lacks is None. `checksum` tells whether any changed."""
    given = dict(entity.properties)
    given |= {
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "keys": list(dict.fromkeys(name_key(name) for name in (entity.name, *entity.aliases))),
        "summary": entity.summary,
        "dataset": dataset,
        "exists_from": PartialDate.parse(given["start"]).earliest if given.get("start") else None,
        "exists_until": PartialDate.parse(given["end"]).latest if given.get("end") else None,
    }
    given |= {name: float(given[name]) for name in _AMOUNTS if given.get(name) is not None}
    return _sealed({name: given.get(name) for name in _ENTITY_NAMES})


def edge_properties(fact: Fact, dataset: str) -> dict[str, Any]:
    """All properties of a fact's edge; what it lacks is None. `checksum` tells whether any changed."""
    of_its_own = {
        "fact": fact.id,
        "joint": f"{fact.source}/{fact.joint}" if fact.joint else None,
        "dataset": dataset,
        "checksum": None,
    }
    return _sealed(
        {
            each.name: of_its_own[each.name] if each.name in of_its_own else _stored(getattr(fact, each.name))
            for each in FACT_PROPERTIES
        }
    )


def _stored(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.text if isinstance(value, PartialDate) else value


def _sealed(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties with the checksum of those that are given: a new property changes nothing that lacks it."""
    given = {name: value for name, value in properties.items() if value is not None}
    content = orjson.dumps(given, option=orjson.OPT_SORT_KEYS)
    return properties | {"checksum": hashlib.sha256(content).hexdigest()[:16]}
