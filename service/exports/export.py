"""The whole graph, a dataset, or what an answer rests on, out of the store and into a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.exports.files import WRITERS, Format
from service.graph.cypher_files import text
from service.graph.load import Progress
from service.graph.store import Store

_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Exported:
    entities: int
    facts: int


async def export(
    store: Store,
    path: Path,
    form: Format,
    *,
    dataset: str | None = None,
    facts: Sequence[str] | None = None,
    sources: Sequence[str] = (),
    progress: Progress = lambda *_: None,
) -> Exported:
    """Write the graph, or a part of it, to `path`: an empty graph gives files without rows.

    With `facts`, only these with what stands at their ends and the `sources` that say so. Raises StartError where the
    path cannot be written.
    """
    bound = {"dataset": dataset, "facts": list(facts) if facts is not None else None, "sources": list(sources)}
    entities = edges = 0
    with WRITERS[form](path) as writer:
        async with store.streaming(text("service/export-entities"), bound, timeout=_SECONDS) as (_, rows):
            async for (entity,) in rows:
                writer.entity(_native(entity))
                entities += 1
                progress("Writing entities", entities, 0)
        async with store.streaming(text("service/export-facts"), bound, timeout=_SECONDS) as (_, rows):
            async for subject, subject_name, relation, thing, thing_name, fact in rows:
                ends = {"subject": subject, "subject_name": subject_name, "object": thing, "object_name": thing_name}
                writer.fact(_native({**fact, **ends, "relation": relation}))
                edges += 1
                progress("Writing facts", edges, 0)
    return Exported(entities, edges)


def _native(properties: dict[str, Any]) -> dict[str, Any]:
    """Days of the database as days of Python."""
    return {key: value.to_native() if hasattr(value, "to_native") else value for key, value in properties.items()}
