"""The graph as two tables: every column of entities and of facts, with its type."""

from __future__ import annotations

from service.model.schema import ENTITY_PROPERTIES, FACT_PROPERTIES

Columns = dict[str, type]

_EXPORTED = {each.name: each.stored for each in FACT_PROPERTIES if each.exported}

ENTITIES: Columns = {each.name: each.stored for each in ENTITY_PROPERTIES if each.exported}

FACTS: Columns = {
    **{"fact": _EXPORTED["fact"], "subject": str, "subject_name": str},
    **{"relation": str, "object": str, "object_name": str},
    **_EXPORTED,
}
