"""Imports: rehearsed, loaded, listed, withdrawn. Whoever offers them, command line or page, calls these functions."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from service.errors import StartError, UnknownResource
from service.graph.cypher_files import text
from service.graph.load import SEEDS, LoadReport, Progress, load, load_streams
from service.graph.store import Store
from service.identity.bodies import KnownEntity
from service.identity.decisions import Decisions, Verdict
from service.ingest.importer import Held, Importer, Report
from service.model.facts import Entity, Fact, Seeds

_MOST_ENTITIES = 5_000_000
_SECONDS = 120
_AWARDS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Done:
    """An import that went in, or was rehearsed."""

    name: str
    found: Report
    changes: LoadReport
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            **self.changes.as_dict(),
            **self.found.counts,
            "left_out": [str(row) for row in self.found.left_out],
            "matched": [(match.given, match.id, match.how) for match in self.found.matched],
            "review": list(self.found.review),
            "notes": list(self.found.notes),
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that the graph holds."""

    name: str
    entities: int
    facts: int


async def run_each(
    store: Store,
    units: Sequence[Sequence[Importer]],
    *,
    rehearse: bool = False,
    progress: Progress = lambda *_: None,
) -> list[list[Done]]:
    """Import several files, one after the other: the importers of a unit in one transaction, all or nothing.

    The last file is known to be good before the first is written. Raises StartError where two bear one name, or one
    the seeds', and whatever an importer's check or the load raises; units that went in before it stay.
    """
    every = [importer for unit in units for importer in unit]
    if any(importer.name == SEEDS and not importer.holds_seeds for importer in every):
        raise StartError(f"no import can be named {SEEDS}: it would take the place of the seeds; give it another name")
    names = [importer.name for importer in every]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise StartError(f"two of the files would be the import {', '.join(twice)}; give each a name of its own")
    if len(units) > 1:
        for importer in every:
            importer.check(Held())
    return [await _run(store, unit, rehearse, progress) for unit in units]


async def _run(store: Store, unit: Sequence[Importer], rehearse: bool, progress: Progress) -> list[Done]:
    started = time.perf_counter()
    datasets = {each.name for each in await _datasets(store)}
    found = {importer.name: await _checked(store, importer, datasets, progress) for importer in unit}
    streams = {importer.name: partial(_stream, importer) for importer in unit}
    changes = await load_streams(store, streams, rehearse=rehearse, progress=progress)
    seconds = time.perf_counter() - started
    return [Done(name, found[name], changes[name], seconds) for name in streams]


async def _checked(store: Store, importer: Importer, datasets: set[str], progress: Progress) -> Report:
    progress(f"Reading {importer.name}", 0, 0)
    entities = await _known(store, importer.name) if importer.needs_names else ()
    report = importer.check(Held(datasets, entities))
    awards = importer.awards()
    if not awards:
        return report
    held = await _held_elsewhere(store, awards, importer.name)
    importer.leave_to_others(held)
    return replace(report, counts={**report.counts, "held_by_other_imports": len(held)})


def _stream(importer: Importer) -> tuple[Iterable[Entity], Iterable[Fact]]:
    return importer.entities(), importer.facts()


async def imports(store: Store) -> list[Imported]:
    """What was imported, by name: the seeds are no import. None in an empty graph."""
    return [each for each in await _datasets(store) if each.name != SEEDS]


async def undo(store: Store, name: str) -> LoadReport:
    """Withdraw an import whole. Raises UnknownResource where there is none of that name."""
    names = [each.name for each in await imports(store)]
    if name not in names:
        raise UnknownResource(f"nothing was imported as {name!r}; there is {', '.join(names) or 'no import'}")
    return await load(store, Seeds((), (), ()), name)


def decide(path: Path, one: str, other: str, verdict: Verdict | None, why: str = "") -> int:
    """Write a decision into the file at `path`, or with no verdict take it back; gives how many it then holds.

    Raises StartError where it contradicts others, and UnknownResource where there is none to be taken back.
    """
    decisions = Decisions(path)
    if verdict is None:
        decisions.undo(one, other)
    else:
        decisions.decide(one, other, verdict, why)
    return len(decisions.all)


async def _datasets(store: Store) -> list[Imported]:
    return [Imported(*row) for row in (await store.read(text("service/datasets"))).rows]


async def _known(store: Store, name: str) -> list[KnownEntity]:
    bound: Mapping[str, Any] = {"dataset": name}
    rows = (await store.read(text("service/known-entities"), bound, limit=_MOST_ENTITIES, timeout=_SECONDS)).rows
    return [
        KnownEntity(id_, name, kind, tuple(keys or ()), org_id, code, gss_code, ended)
        for id_, name, kind, keys, org_id, code, gss_code, ended in rows
    ]


async def _held_elsewhere(store: Store, awards: Sequence[str], name: str) -> frozenset[str]:
    """Grants that another import holds already, by the identifier that the standard makes unique."""
    held: set[str] = set()
    for start in range(0, len(awards), _AWARDS_AT_ONCE):
        bound = {"awards": awards[start : start + _AWARDS_AT_ONCE], "dataset": name}
        table = await store.read(text("service/known-awards"), bound, limit=_AWARDS_AT_ONCE, timeout=_SECONDS)
        held |= {row[0] for row in table.rows}
    return frozenset(held)
