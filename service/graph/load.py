"""Facts become edges: one transaction, all or nothing, and the same load twice writes nothing.

Entities and facts come as streams: what stays in memory is a batch, and the ids of what the dataset holds already.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from service.errors import LoadConflict
from service.graph.cypher_files import text
from service.graph.migration import prepare
from service.graph.store import Store, Writing
from service.model.decisions import Standing, Verdict, laid_over, standings
from service.model.editions import Edition, edition_of, said_in
from service.model.facts import Entity, Fact, Seeds
from service.model.properties import edge_properties, node_properties

SEEDS = "seeds"
"""The dataset that the seeds' nodes and edges carry; what carries another, or none, is somebody else's."""

_BATCH = 5000

Stream = Callable[[], tuple[Iterable[Entity], Iterable[Fact]]]
"""Gives entities and facts, from the beginning at each call."""

Progress = Callable[[str, int, int], None]
"""Called with a step, how much of it is done, and how much there is (0 where nobody knows)."""


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
    """Entities that the dataset no longer names and that stay, because edges that others made still need them."""

    @property
    def changed(self) -> bool:
        return any(each.added or each.changed or each.removed for each in (self.entities, self.facts))

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


async def load(store: Store, seeds: Seeds, dataset: str = SEEDS, *, rehearse: bool = False) -> LoadReport:
    """Make the graph hold exactly what `seeds` say, of what `dataset` holds: see `load_streams`."""
    streams = {dataset: lambda: (seeds.entities, seeds.facts)}
    return (await load_streams(store, streams, rehearse=rehearse))[dataset]


async def load_streams(
    store: Store,
    streams: Mapping[str, Stream],
    *,
    rehearse: bool = False,
    progress: Progress = lambda *_: None,
) -> dict[str, LoadReport]:
    """Make the graph hold exactly what each stream gives, of what its dataset holds; all of it, or nothing.

    All entities are read to their end before the first fact is, of every dataset. With `rehearse` all is done and
    taken back: the reports say what would change. Raises LoadConflict where a node of somebody else's bears the id of
    one of ours, and whatever a stream raises; the graph is then as it was.
    """
    await prepare(store, lambda words: progress(words, 0, 0))

    async def work(writing: Writing) -> dict[str, LoadReport]:
        begun = {dataset: stream() for dataset, stream in streams.items()}
        nodes = {dataset: await _Nodes.begin(writing, dataset, progress) for dataset in begun}
        for dataset, (entities, _) in begun.items():
            await nodes[dataset].write(entities)
        reports = {}
        for dataset, (_, facts) in begun.items():
            edges = await _Edges.begin(writing, dataset, progress, nodes[dataset].editions)
            await edges.write(facts)
            await edges.drop_gone()
            kept = await nodes[dataset].drop_gone()
            gone = len(nodes[dataset].gone) - len(kept)
            reports[dataset] = LoadReport(nodes[dataset].changes(gone), edges.changes(len(edges.gone)), kept)
        if rehearse:
            raise _Rehearsed(reports)
        if any(report.changed for report in reports.values()):
            await writing.run(text("load/note-load"))
        progress("Committing", 0, 0)
        return reports

    try:
        return await store.write(work)
    except _Rehearsed as done:
        return done.reports


class _Rehearsed(Exception):
    """Takes the transaction back and the reports out."""

    def __init__(self, reports: dict[str, LoadReport]) -> None:
        self.reports = reports


class _Writer:
    """What a dataset holds of one sort, and what becomes of it: rows gathered into batches, a statement for each."""

    step = ""
    sort = ""

    def __init__(self, writing: Writing, dataset: str, progress: Progress, held: dict[str, str]) -> None:
        self._writing = writing
        self._dataset = dataset
        self._progress = progress
        self._held = held
        self._new: set[str] = set()
        self._changed = 0
        self._same = 0
        self.gone: list[str] = []

    def changes(self, removed: int) -> Changes:
        return Changes(len(self._new), self._changed, removed, self._same)

    async def write(self, items: Iterable[Any]) -> None:
        """Write each item as it should be. The next batch is made ready while Neo4j works on the one before."""
        batches = self._batched(items)
        ahead = asyncio.create_task(asyncio.to_thread(next, batches, None))
        try:
            while (batch := await ahead) is not None:
                ahead = asyncio.create_task(asyncio.to_thread(next, batches, None))
                await self._send(batch)
                self._progress(self.step, batch.done, 0)
        finally:
            with suppress(Exception):
                await ahead
        self.gone = sorted(self._held)

    def _row(self, item: Any) -> tuple[str, Mapping[str, Any], dict[str, Any]]:
        """The labels or type of an item, its row without properties, and these."""
        raise NotImplementedError

    def _batched(self, items: Iterable[Any]) -> Iterator[_Batch]:
        gathered: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        done = 0
        for done, item in enumerate(items, 1):
            kind, row, properties = self._row(item)
            verb = self._verb(row["id"], properties["checksum"])
            if verb is None:
                continue
            # A null is sent only where it takes something away.
            given = {k: v for k, v in properties.items() if v is not None} if verb == "make" else properties
            rows = gathered[verb, kind]
            rows.append({**row, "properties": given})
            if len(rows) == _BATCH:
                yield _Batch.of(verb, kind, gathered.pop((verb, kind)), done)
        for (verb, kind), rows in sorted(gathered.items()):
            yield _Batch.of(verb, kind, rows, done)

    def _verb(self, key: str, checksum: str) -> str | None:
        """What is to be done with a row: `make`, `change` or nothing. An id that comes twice is one thing."""
        if key in self._new:
            return None
        held = self._held.pop(key, None)
        if held is None:
            self._new.add(key)
            return "make"
        if held == checksum:
            self._same += 1
            return None
        self._changed += 1
        return "change"

    async def _send(self, batch: _Batch) -> None:
        # Labels and types stand in the statement: where they come as parameters Neo4j is many times slower.
        statement = text(f"load/{batch.verb}-{self.sort}").replace("KIND", batch.kind)
        await self._writing.run(statement, rows=batch.rows, common=batch.common, dataset=self._dataset)


@dataclass(frozen=True, slots=True)
class _Batch:
    verb: str
    kind: str
    rows: list[Mapping[str, Any]]
    common: Mapping[str, Any]
    """The properties that all rows share: sent once, and held once in Neo4j's memory."""

    done: int
    """How many items the stream has given by now."""

    @classmethod
    def of(cls, verb: str, kind: str, rows: list[Mapping[str, Any]], done: int) -> _Batch:
        first = rows[0]["properties"]
        common = {k: v for k, v in first.items() if all(k in r["properties"] and r["properties"][k] == v for r in rows)}
        for row in rows:
            for key in common:
                del row["properties"][key]
        return cls(verb, kind, rows, common, done)


class _Nodes(_Writer):
    step, sort = "Writing entities", "nodes"
    editions: dict[str, Edition]
    """What the dataset's sources are now, by the source's id."""

    @classmethod
    async def begin(cls, writing: Writing, dataset: str, progress: Progress) -> _Nodes:
        rows = await writing.run(text("load/held-nodes"), dataset=dataset)
        held = {key: value for row in rows for key, value in zip(row["ids"], row["checksums"], strict=True)}
        nodes = cls(writing, dataset, progress, held)
        nodes.editions = {}
        return nodes

    async def write(self, items: Iterable[Entity]) -> None:
        await super().write(items)
        rows = [{"id": e.id, "source": e.source, "properties": dict(e.properties)} for e in self.editions.values()]
        await self._writing.run(text("load/make-editions"), rows=rows)

    def _row(self, item: Entity) -> tuple[str, Mapping[str, Any], dict[str, Any]]:
        if edition := edition_of(item):
            self.editions[item.id] = edition
        return ":".join(item.kind.labels), {"id": item.id}, node_properties(item, self._dataset)

    async def _send(self, batch: _Batch) -> None:
        if batch.verb == "make":
            await self._refuse_anothers([row["id"] for row in batch.rows])
        await super()._send(batch)

    async def _refuse_anothers(self, ids: list[str]) -> None:
        if foreign := [row["id"] for row in await self._writing.run(text("load/taken-ids"), ids=ids)]:
            raise LoadConflict(
                f"the graph already has nodes with these ids that {self._dataset} did not make: "
                f"{', '.join(foreign[:10])}. Give them, or the entries in entities.yaml, another id"
            )

    async def drop_gone(self) -> tuple[str, ...]:
        """Drop what the dataset no longer names, and give what stays: an edge of somebody else's needs it."""
        if not self.gone:
            return ()
        await self._writing.run_batches(text("load/drop-nodes"), self.gone, dataset=self._dataset)
        await self._writing.run(text("load/drop-editions"), ids=self.gone)
        return tuple(row["id"] for row in await self._writing.run(text("load/hand-over-nodes"), ids=self.gone))


class _Edges(_Writer):
    step, sort = "Writing facts", "edges"
    _types: dict[str, str]
    """The relation of each fact that the dataset holds."""

    _standings: dict[str, Standing]
    _editions: Mapping[str, Edition]

    @classmethod
    async def begin(cls, writing: Writing, dataset: str, progress: Progress, editions: Mapping[str, Edition]) -> _Edges:
        rows = await writing.run(text("load/held-edges"), dataset=dataset)
        held = {key: value for row in rows for key, value in zip(row["ids"], row["checksums"], strict=True)}
        edges = cls(writing, dataset, progress, held)
        edges._types = {key: row["type"] for row in rows for key in row["ids"]}
        edges._editions = editions
        edges._standings = standings(await _decided(writing))
        return edges

    def _row(self, item: Fact) -> tuple[str, Mapping[str, Any], dict[str, Any]]:
        row = {"id": item.id, "subject": item.subject, "object": item.object}
        said = laid_over(said_in(item, self._editions), self._standings)
        return item.relation, row, edge_properties(said, self._dataset)

    async def drop_gone(self) -> None:
        for relation in sorted({self._types[key] for key in self.gone}):
            statement = text("load/drop-edges").replace("KIND", relation)
            await self._writing.run_batches(statement, [key for key in self.gone if self._types[key] == relation])


async def _decided(writing: Writing) -> list[tuple[str, Verdict, date]]:
    """The decisions about facts. Raises LoadConflict for one that cannot be read: it is never left out in silence."""
    decided = []
    for row in await writing.run(text("load/decisions")):
        try:
            decided.append((row["about"], Verdict(row["verdict"]), date.fromisoformat((row["at"] or "")[:10])))
        except ValueError:
            raise LoadConflict(
                f"the :Decision {row['id']} about {row['about']} has the verdict {row['verdict']!r} and the day "
                f"{row['at']!r}; a verdict is one of {', '.join(Verdict)}, and `at` a datetime: "
                "correct it, and load again"
            ) from None
    return decided
