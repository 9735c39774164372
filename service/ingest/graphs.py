"""An export of a graph read back: entities and facts, each for the dataset that it came from."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from xml.etree import ElementTree

import pyarrow
import pyarrow.parquet

from service.errors import LoadConflict, StartError
from service.ingest.importer import Asked, Held, Importer, Report, importer
from service.ingest.readers.json import json_rows
from service.model.columns import ENTITIES, FACTS, Columns
from service.model.facts import Entity, Fact
from service.model.schema import FACT_PROPERTIES, OF_SOME_KINDS, Property
from service.model.vocabulary import RELATIONS, Kind

Given = Mapping[str, Any]


@importer("graph")
def graph(
    path: Annotated[Path, Asked("What `joinedup export` wrote.")],
    replace: Annotated[bool, Asked("Also where the graph holds its datasets already.")] = False,
) -> Sequence[Importer]:
    """Import an export: the same entities and facts, each for the dataset that it came from, in one transaction."""
    file = GraphFile(path)
    return [ExportedDataset(file, name, replace=replace) for name in file.datasets]


class ExportedDataset(Importer):
    """What an export holds of one dataset."""

    holds_seeds = True
    needs_names = False

    def __init__(self, file: GraphFile, name: str, *, replace: bool = False) -> None:
        self.name = name
        self._file = file
        self._replace = replace

    def check(self, held: Held) -> Report:
        if self.name in held.datasets and not self._replace:
            raise LoadConflict(
                f"the graph holds {self.name} already; what the export lacks of it would go. "
                "Say --replace to have exactly what the export says"
            )
        return Report()

    def entities(self) -> Iterator[Entity]:
        return self._file.entities(self.name)

    def facts(self) -> Iterator[Fact]:
        return self._file.facts(self.name)


class GraphFile:
    """An export at a path: a .json or .graphml file, or a folder of two .csv or .parquet files.

    Raises StartError where it is none, or where a row of it cannot be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = self._reader()
        self.datasets = tuple(sorted({row.get("dataset") or "" for row in self._table("entities")}))

    def entities(self, dataset: str) -> Iterator[Entity]:
        for row in self._table("entities"):
            if (row.get("dataset") or "") == dataset:
                yield self._made(_entity, row)

    def facts(self, dataset: str) -> Iterator[Fact]:
        for row in self._table("facts"):
            if (row.get("dataset") or "") == dataset:
                yield self._made(_fact, row)

    def _made(self, make: Callable[[Given], Any], row: Given) -> Any:
        try:
            return make(row)
        except (KeyError, TypeError, ValueError) as error:
            name = row.get("fact") or row.get("id") or "a row without id"
            raise StartError(f"{self._path}: {name} cannot be read: {error!r}") from error

    def _table(self, name: str) -> Iterator[Given]:
        try:
            yield from self._rows(name)
        except (OSError, ValueError, csv.Error, ElementTree.ParseError, pyarrow.ArrowException) as error:
            raise StartError(f"{self._path} is no export of a graph: {error}") from error

    def _reader(self) -> Callable[[str], Iterator[Given]]:
        path = self._path
        if (path / "entities.csv").exists():
            return self._csv
        if (path / "entities.parquet").exists():
            return self._parquet
        if path.suffix == ".json" and path.exists():
            return self._json
        if path.suffix == ".graphml" and path.exists():
            return self._graphml
        raise StartError(f"{path} is no export: neither .json, .graphml, nor a folder with entities.csv or .parquet")

    def _csv(self, name: str) -> Iterator[Given]:
        csv.field_size_limit(sys.maxsize)
        with (self._path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                yield _typed({key: _unmarked(value) for key, value in row.items() if value}, _columns(name))

    def _parquet(self, name: str) -> Iterator[Given]:
        file = pyarrow.parquet.ParquetFile(self._path / f"{name}.parquet")
        for batch in file.iter_batches(5000):
            for row in batch.to_pylist():
                yield {key: value for key, value in row.items() if value is not None}

    def _json(self, name: str) -> Iterator[Given]:
        for row in json_rows(self._path, name):
            yield _typed(row.values, _columns(name))

    def _graphml(self, name: str) -> Iterator[Given]:
        sort = "node" if name == "entities" else "edge"
        space = "{http://graphml.graphdrawing.org/xmlns}"
        for _, element in ElementTree.iterparse(self._path):
            if element.tag in {f"{space}node", f"{space}edge"}:
                if element.tag == f"{space}{sort}":
                    data = {each.attrib["key"].removeprefix(f"{sort}-"): each.text or "" for each in element}
                    yield _typed(data, _columns(name))
                element.clear()


def _columns(name: str) -> Columns:
    return ENTITIES if name == "entities" else FACTS


def _typed(row: Given, columns: Columns) -> dict[str, Any]:
    return {name: _value(row[name], type_) for name, type_ in columns.items() if name in row}


def _value(given: Any, type_: type) -> Any:
    if type_ is date:
        return date.fromisoformat(given)
    if not isinstance(given, str) or type_ is str:
        return given
    if type_ is bool:
        return given == "true"
    return json.loads(given) if type_ is list else type_(given)


def _unmarked(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" else cell


def _entity(row: Given) -> Entity:
    given = tuple((name, row[name]) for name in OF_SOME_KINDS if row.get(name) is not None)
    return Entity(row["id"], Kind(row["kind"]), row["name"], tuple(row.get("aliases") or ()), row.get("summary"), given)


def _fact(row: Given) -> Fact:
    if row["relation"] not in RELATIONS:
        raise ValueError(f"{row['relation']} is no relation")
    joint = row.get("joint")
    given = {each.name: _read(row, each) for each in FACT_PROPERTIES if each.name in _FACT_FIELDS}
    given |= {
        "subject": row["subject"],
        "relation": row["relation"],
        "object": row["object"],
        "joint": joint.removeprefix(f"{row['source']}/") if joint else None,
        "ends_by": row["holds_until"],
        "id": row["fact"],
    }
    return Fact(**given)


def _read(row: Given, of: Property) -> Any:
    value = row[of.name] if of.required else row.get(of.name)
    return None if value is None else of.read(value)


_FACT_FIELDS = frozenset(field.name for field in fields(Fact))
