"""An export is the graph: read back into nothing it gives every node and edge again, in every form."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from service.errors import StartError
from service.exports.export import Exported, export
from service.exports.files import Format, GraphmlWriter
from service.graph.load import load, load_streams
from service.graph.store import Store
from service.ingest.graphs import GraphFile
from service.model.facts import Seeds

FORMS = {Format.JSON: "g.json", Format.GRAPHML: "g.graphml", Format.CSV: "g", Format.PARQUET: "g"}
ALL = "MATCH (a:Entity)-[f]->(b) WHERE f.fact IS NOT NULL RETURN a.id, type(f), b.id, properties(f) ORDER BY f.fact"
NODES = "MATCH (e:Entity) RETURN labels(e), properties(e) ORDER BY e.id"


async def held(store: Store) -> list[Any]:
    return (await store.read(NODES)).rows + (await store.read(ALL)).rows


@pytest.mark.parametrize("form", list(Format))
async def test_an_import_of_an_export_gives_the_same_graph(
    store: Store, seeds: Seeds, tmp_path: Path, form: Format
) -> None:
    before = await held(store)
    done = await export(store, path := tmp_path / FORMS[form], form)
    assert done == Exported(len(seeds.entities), len(seeds.facts))
    file = GraphFile(path)
    assert file.datasets == ("seeds",)
    await load(store, Seeds((), (), ()))
    try:
        assert await held(store) == []
        await load_streams(store, {"seeds": partial(lambda name: (file.entities(name), file.facts(name)), "seeds")})
        assert await held(store) == before
    finally:
        report = await load(store, seeds)
    assert (report.entities.changed, report.facts.changed, report.facts.added) == (0, 0, 0)


async def test_a_part_holds_what_its_facts_rest_on(store: Store, tmp_path: Path) -> None:
    table = await store.read("MATCH ()-[f:FUNDS]->() RETURN f.fact, f.source LIMIT 3")
    facts, sources = [row[0] for row in table.rows], sorted({row[1] for row in table.rows})
    path = tmp_path / "part.graphml"
    done = await export(store, path, Format.GRAPHML, facts=facts, sources=sources)
    assert done.facts == 3
    graph = nx.read_graphml(path)
    assert {data["fact"] for _, _, data in graph.edges(data=True)} == set(facts)
    assert all(data["quote"] and data["label"] == "FUNDS" for _, _, data in graph.edges(data=True))
    assert set(sources) <= set(graph)


async def test_no_cell_is_a_formula(store: Store, tmp_path: Path) -> None:
    await export(store, tmp_path / "g", Format.CSV)
    with (tmp_path / "g/facts.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


async def test_an_export_that_fails_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text("mine")
    with pytest.raises(StartError, match="cannot be written"):
        await export(store, tmp_path / "g.json/deeper.json", Format.JSON)
    assert (tmp_path / "g.json").read_text() == "mine"


@pytest.mark.parametrize("name", ["nothing.json", "x.json", "x.graphml", "x.txt", "bad.json"])
async def test_files_that_are_no_export(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.json").write_text("{")
    (tmp_path / "x.graphml").write_text("<graphml")
    (tmp_path / "x.txt").write_text("")
    (tmp_path / "bad.json").write_text('{"entities": [{"id": "a", "kind": "Nonsense", "name": "A"}], "facts": []}')
    with pytest.raises(StartError, match=r"no export|no JSON|cannot be read"):
        list(GraphFile(tmp_path / name).entities(""))


def test_graphml_holds_no_character_that_xml_does_not_take(tmp_path: Path) -> None:
    path = tmp_path / "g.graphml"
    text = "".join(map(chr, [*range(1, 32), 0xFFFE, 0xFFFF, 0x1F600]))
    with GraphmlWriter(path) as writer:
        writer.entity({"id": "alder", "name": text, "kind": "Agency", "aliases": [], "dataset": "seeds"})
    (label,) = (data["label"] for _, data in nx.read_graphml(path).nodes(data=True))
    assert label.startswith("␁␂")
    assert label.endswith("��😀")
    assert "\t\n" in label
