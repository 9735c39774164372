"""What every importer promises: it reads twice alike, goes in, and comes out whole. A new one is a command by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from service.cli import importing
from service.errors import LoadConflict, StartError, UnknownResource
from service.exports.export import export
from service.exports.files import Format
from service.graph.store import Store
from service.identity.names import Names
from service.ingest.authorities import AuthorityRegister
from service.ingest.grants import GrantFile
from service.ingest.graphs import ExportedDataset, GraphFile
from service.ingest.importer import Asked, Held, Importer, Recorded, Report, importers
from service.ingest.mapping import read_mapping
from service.ingest.tables import Table
from service.model.facts import Entity, Fact
from service.model.vocabulary import Kind
from service.operations.imports import Imported, imports, run_each, undo
from tests.ingest.grants import grant, written
from tests.ingest.test_authorities import ROWS
from tests.ingest.test_authorities import written as register_written

ALL = "MATCH (n:Entity) OPTIONAL MATCH (n)-[f]->(o) RETURN n.id, n.dataset, type(f), f.fact, o.id ORDER BY n.id, f.fact"
DAY = date(2025, 7, 31)


async def authorities(tmp_path: Path, store: Store) -> Importer:
    return AuthorityRegister(register_written(tmp_path / "la.csv", ROWS), DAY)


async def grants(tmp_path: Path, store: Store) -> Importer:
    return GrantFile(written(tmp_path / "g.json", [grant()]), "some-grants", None, recorded=DAY)


async def csv(tmp_path: Path, store: Store) -> Importer:
    (tmp_path / "t.csv").write_text("Who,What\nWinchester,A made-up project\nA made-up trust,A made-up project\n")
    (tmp_path / "m.yaml").write_text("{name: t, title: T, date: 2026, columns: {partner: Who, programme: What}}")
    return Table(tmp_path / "t.csv", read_mapping(tmp_path / "m.yaml"))


async def graph(tmp_path: Path, store: Store) -> Importer:
    [[_]] = await run_each(store, [[await grants(tmp_path, store)]])
    await export(store, path := tmp_path / "e.json", Format.JSON, dataset="some-grants")
    await undo(store, "some-grants")
    return ExportedDataset(GraphFile(path), "some-grants")


MADE = {each.__name__: each for each in (authorities, grants, csv, graph)}


def test_there_is_a_sample_of_every_importer() -> None:
    assert set(importers()) == set(MADE)


@pytest.mark.parametrize("name", sorted(MADE))
async def test_what_every_importer_promises(name: str, tmp_path: Path, store: Store) -> None:
    make: Callable[..., object] = MADE[name]
    importer = await make(tmp_path, store)  # type: ignore[misc]
    before = (await store.read(ALL, limit=100_000)).rows
    [[rehearsed]] = await run_each(store, [[importer]], rehearse=True)
    assert (await store.read(ALL, limit=100_000)).rows == before
    assert [fact.id for fact in importer.facts()] == [fact.id for fact in importer.facts()] != []
    [[done]] = await run_each(store, [[importer]])
    try:
        assert (done.found, done.changes) == (rehearsed.found, rehearsed.changes)
        assert done.changes.facts.added > 0
        assert importer.name in {each.name for each in await imports(store)}
        if name != "graph":
            [[again]] = await run_each(store, [[importer]])
            assert not again.changes.changed, "the same file again changes nothing"
    finally:
        await undo(store, importer.name)
    assert (await store.read(ALL, limit=100_000)).rows == before
    with pytest.raises(UnknownResource, match="nothing was imported as"):
        await undo(store, importer.name)


async def test_an_export_takes_the_place_of_nothing_unasked(tmp_path: Path, store: Store) -> None:
    await export(store, path := tmp_path / "e.json", Format.JSON, dataset="seeds")
    with pytest.raises(LoadConflict, match="the graph holds seeds already"):
        await run_each(store, [[ExportedDataset(GraphFile(path), "seeds")]])
    [[done]] = await run_each(store, [[ExportedDataset(GraphFile(path), "seeds", replace=True)]], rehearse=True)
    assert not done.changes.changed


async def test_the_last_file_is_known_to_be_good_before_the_first_is_written(tmp_path: Path, store: Store) -> None:
    good = GrantFile(written(tmp_path / "a.json", [grant()]), "a", None, recorded=DAY)
    bad = GrantFile(written(tmp_path / "b.json", [grant(amountAwarded=-1)]), "b", None, recorded=DAY)
    with pytest.raises(StartError, match="negative"):
        await run_each(store, [[good], [bad]])
    with pytest.raises(StartError, match="two of the files would be the import a"):
        await run_each(store, [[good], [good]])
    with pytest.raises(StartError, match="no import can be named seeds"):
        await run_each(store, [[GrantFile(tmp_path / "a.json", "seeds", None, recorded=DAY)]])
    assert await imports(store) == []


async def test_a_grant_that_another_import_holds_stays_that_ones(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path / "a.json", [grant()])
    one, other = (GrantFile(path, name, None, recorded=DAY) for name in ("one", "other"))
    try:
        [[first], [second]] = await run_each(store, [[one], [other]])
        assert (first.found.counts["held_by_other_imports"], second.found.counts["held_by_other_imports"]) == (0, 1)
        assert await imports(store) == [Imported("one", 4, 2), Imported("other", 1, 0)]
    finally:
        for name in ("other", "one"):
            await undo(store, name)


def table(tmp_path: Path, rows: str) -> Table:
    (tmp_path / "t.csv").write_text(f"Who,What\n{rows}")
    (tmp_path / "m.yaml").write_text("{name: t, title: T, date: 2026, columns: {partner: Who, programme: What}}")
    return Table(tmp_path / "t.csv", read_mapping(tmp_path / "m.yaml"))


async def test_each_new_body_answers_to_its_own_name(tmp_path: Path, store: Store) -> None:
    given = ["香港社區會", "সমাজ কেন্দ্র", "Friends of Oak+", "Friends of Oak", "Cyngor Môn", "Cyngor Mân"]
    [[done]] = await run_each(store, [[table(tmp_path, "".join(f"{name},Joint bins\n" for name in given))]])
    try:
        assert done.changes.entities.added == len(given) + 2
        names, revision = Names(store, ()), await store.revision()
        assert [(await names.resolve(name, revision)).name for name in given] == given
    finally:
        await undo(store, "t")


async def test_a_code_is_what_the_graph_holds_under_it(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path / "g.json", [grant()])
    await run_each(store, [[GrantFile(path, "some-grants", None, recorded=DAY)]])
    try:
        [[done]] = await run_each(store, [[table(tmp_path, "E07000094,Joint ferry\nGB-CHC-100,Joint ferry\n")]])
        assert [(match.id, match.how) for match in done.found.matched] == [
            *(("winchester-city-council", "code"), ("gb-chc-100", "code")),
        ]
        assert done.changes.entities.added == 2, "the source and the ferry"
    finally:
        for name in ("t", "some-grants"):
            if name in {each.name for each in await imports(store)}:
                await undo(store, name)


class Listing(Importer):
    """One body a line: an importer as somebody would add it."""

    name = "a-listing"

    def __init__(self, path: Path, kind: Kind, recorded: date | None) -> None:
        self.asked = (path, kind, recorded)

    def check(self, held: Held) -> Report:
        return Report(notes=(f"{self.asked}",))

    def entities(self) -> Iterable[Entity]:
        return [Entity(line, Kind.AGENCY, line) for line in self.asked[0].read_text().split()]

    def facts(self) -> Iterable[Fact]:
        return ()


def test_a_new_importer_is_a_command_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listing(
        file: Annotated[Path, Asked("A list of names.")],
        kind: Annotated[Kind, Asked("What they are.", option=True)],
        recorded: Recorded = None,
    ) -> Sequence[Importer]:
        """Import a list of names."""
        return (Listing(file, kind, recorded),)

    units: list[Collection[Sequence[Importer]]] = []
    monkeypatch.setattr(importing, "_import", lambda made, **how: units.append([made, how]))
    app = typer.Typer()
    app.callback()(lambda: None)
    importing.add_command(app, "listing", listing)
    helped = CliRunner().invoke(app, ["listing", "--help"]).output
    assert all(
        words in helped for words in ("Import a list of names.", "A list of names.", "--kind", "--dry-run", "--json")
    )
    words = ["listing", str(tmp_path / "x"), "--kind", "Agency", "--recorded", "2025-07-31", "--dry-run"]
    assert CliRunner().invoke(app, words).exit_code == 0
    [[[[made]], how]] = units  # type: ignore[misc]
    assert made.asked == (tmp_path / "x", Kind.AGENCY, date(2025, 7, 31))  # type: ignore[attr-defined]
    assert how == {"dry_run": True, "as_json": False}  # type: ignore[comparison-overlap]
    assert CliRunner().invoke(app, ["listing", "x"]).exit_code == 2, "what must be given is asked for"


async def test_what_is_added_goes_in(tmp_path: Path, store: Store) -> None:
    (tmp_path / "x").write_text("made-up-one made-up-two")
    [[done]] = await run_each(store, [[Listing(tmp_path / "x", Kind.AGENCY, None)]])
    try:
        assert json.loads(json.dumps(done.as_dict()))["entities"]["added"] == 2
    finally:
        await undo(store, "a-listing")
