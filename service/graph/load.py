"""Facts become edges: one transaction, all or nothing, and the same load twice writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from service.errors import LoadConflict
from service.facts.dates import PartialDate
from service.facts.model import Entity, Fact, Seeds, checksum
from service.facts.names import name_key
from service.facts.vocabulary import RELATIONS
from service.graph.store import Store, Writing
from service.graph.texts import text

SEEDS = "seeds"
"""The dataset that the seeds' nodes and edges carry; what carries another, or none, is somebody else's."""

_ENTITY_PROPERTIES = (
    *(
        "code",
        "tier",
        "gss_code",
        "county",
        "region",
        "nation",
        "start",
        "end",
        "count",
        "complete",
        "date",
        "date_note",
    ),
    *("recorded", "publisher", "licence", "file", "sha256", "text", "measure", "amount", "unit", "period"),
    *("estimated_by", "approximate"),
)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many entities or facts a load added, changed, removed and found as they should be."""

    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    entities: Changes
    facts: Changes
    kept: tuple[str, ...]
    """Entities gone from the seeds that stay in the graph, because edges that others made still need them."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


async def load(store: Store, seeds: Seeds, dataset: str = SEEDS, *, rehearse: bool = False) -> LoadReport:
    """Make the graph hold exactly what `seeds` say, of what `dataset` holds.

    With `rehearse` all is done and taken back: the report says what would change. Raises LoadConflict where a node
    of somebody else's bears the id of one of ours; the graph is then as it was.
    """
    await store.ensure_schema()
    nodes = {entity.id: _node(entity, dataset) for entity in seeds.entities}
    edges = {fact.id: _edge(fact, dataset) for fact in seeds.facts}

    async def work(writing: Writing) -> LoadReport:
        held_nodes = await _held_nodes(writing, nodes, dataset)
        held_edges = {row["id"]: row["checksum"] for row in await writing.run(text("load/held-edges"), dataset=dataset)}
        gone = sorted(held_nodes.keys() - nodes.keys())
        await writing.run_batches(text("load/make-nodes"), _new(nodes, held_nodes))
        await writing.run_batches(text("load/change-nodes"), _differing(nodes, held_nodes))
        dropped = sorted(held_edges.keys() - edges.keys())
        await writing.run_batches(text("load/drop-edges"), dropped, dataset=dataset)
        for relation in RELATIONS:
            # The type stands in the statement: one that comes as a parameter is a hundred times slower.
            make, change = (text(f"load/{verb}-edges").replace("RELATION", relation) for verb in ("make", "change"))
            ours = {key: row for key, row in edges.items() if row["relation"] == relation}
            await writing.run_batches(make, _new(ours, held_edges))
            await writing.run_batches(change, _differing(ours, held_edges))
        await writing.run_batches(text("load/drop-nodes"), gone, dataset=dataset)
        kept = tuple(row["id"] for row in await writing.run(text("load/kept-nodes"), ids=gone)) if gone else ()
        report = LoadReport(_changes(nodes, held_nodes, len(kept)), _changes(edges, held_edges), kept)
        if rehearse:
            raise _Rehearsed(report)
        return report

    try:
        return await store.write(work)
    except _Rehearsed as done:
        return done.report


class _Rehearsed(Exception):
    """Takes the transaction back and the report out."""

    def __init__(self, report: LoadReport) -> None:
        self.report = report


async def _held_nodes(writing: Writing, nodes: Mapping[str, Any], dataset: str) -> dict[str, str]:
    rows = await writing.run(text("load/held-nodes"), dataset=dataset, ids=list(nodes))
    if foreign := sorted(row["id"] for row in rows if row["dataset"] != dataset):
        raise LoadConflict(
            f"the graph already has nodes with these ids that {dataset} did not make: {', '.join(foreign[:10])}. "
            "Give them, or the entries in entities.yaml, another id"
        )
    return {row["id"]: row["checksum"] for row in rows}


def _differing(wanted: Mapping[str, dict[str, Any]], held: Mapping[str, str]) -> list[dict[str, Any]]:
    return [row for key, row in wanted.items() if held.get(key, "") not in {"", row["properties"]["checksum"]}]


def _new(wanted: Mapping[str, dict[str, Any]], held: Mapping[str, str]) -> list[dict[str, Any]]:
    return [row for key, row in wanted.items() if key not in held]


def _changes(wanted: Mapping[str, dict[str, Any]], held: Mapping[str, str], kept: int = 0) -> Changes:
    added = len(wanted.keys() - held.keys())
    changed = sum(held[key] != wanted[key]["properties"]["checksum"] for key in wanted.keys() & held.keys())
    return Changes(added, changed, len(held.keys() - wanted.keys()) - kept, len(wanted) - added - changed)


def _node(entity: Entity, dataset: str) -> dict[str, Any]:
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
    } | {key: given.get(key) for key in _ENTITY_PROPERTIES}
    labels = list(entity.kind.labels)
    return {"id": entity.id, "labels": labels, "properties": properties | {"checksum": checksum([labels, properties])}}


def _edge(fact: Fact, dataset: str) -> dict[str, Any]:
    properties = {
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
        "note": fact.note,
        "valid_from": str(fact.valid_from) if fact.valid_from else None,
        "valid_until": str(fact.valid_until) if fact.valid_until else None,
        "recorded": fact.recorded,
        "holds_from": fact.holds_from,
        "holds_until": fact.holds_until,
        "dataset": dataset,
    }
    return {
        "id": fact.id,
        "subject": fact.subject,
        "relation": fact.relation,
        "object": fact.object,
        "properties": properties | {"checksum": checksum(properties)},
    }
