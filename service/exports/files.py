"""The two tables of a graph written as CSV, JSON, GraphML or Parquet, row by row, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from xml.sax.saxutils import escape, quoteattr

import pyarrow
import pyarrow.parquet

from service.errors import StartError
from service.graph.columns import ENTITIES, FACTS, Columns

_ROWS = 5000
_GRAPHML = {str: "string", int: "long", float: "double", bool: "boolean", list: "string", date: "string"}
_ARROW = {
    str: pyarrow.string(),
    int: pyarrow.int64(),
    float: pyarrow.float64(),
    bool: pyarrow.bool_(),
    list: pyarrow.list_(pyarrow.string()),
    date: pyarrow.date32(),
}

Row = Mapping[str, Any]


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    GRAPHML = "graphml"
    PARQUET = "parquet"


class GraphWriter(ABC):
    """Takes entities, then facts. What it wrote comes into being when it is left in order, in the place of any before.

    Raises StartError where the place cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.{os.getpid()}")

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.begin()
        except OSError as error:
            raise StartError(f"{self.path} cannot be written: {error.strerror}") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self.end()
        if kind is not None:
            _remove(self.part)
            return
        if self.path.is_dir():
            _remove(self.path)
        self.part.replace(self.path)

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def entity(self, row: Row) -> None: ...

    @abstractmethod
    def fact(self, row: Row) -> None: ...

    @abstractmethod
    def end(self) -> None: ...


class CsvWriter(GraphWriter):
    """A folder with entities.csv and facts.csv. Lists are JSON; before what looks like a formula is an apostrophe."""

    def begin(self) -> None:
        self.part.mkdir(exist_ok=True)
        self._files: list[IO[str]] = []
        self._entities, self._facts = (self._writer(name, table) for name, table in _tables())

    def _writer(self, name: str, columns: Columns) -> Any:
        file = (self.part / f"{name}.csv").open("w", encoding="utf-8", newline="")
        self._files.append(file)
        writer = csv.writer(file)
        writer.writerow(columns)
        return writer

    def entity(self, row: Row) -> None:
        self._entities.writerow(_cell(row.get(name)) for name in ENTITIES)

    def fact(self, row: Row) -> None:
        self._facts.writerow(_cell(row.get(name)) for name in FACTS)

    def end(self) -> None:
        for file in self._files:
            file.close()


class JsonWriter(GraphWriter):
    """One object: {"entities": [...], "facts": [...]}, a row on each line."""

    def begin(self) -> None:
        self._file = self.part.open("w", encoding="utf-8", newline="\n")
        self._file.write('{"entities": [')
        self._last: str | None = None

    def entity(self, row: Row) -> None:
        self._row("entities", row, ENTITIES)

    def fact(self, row: Row) -> None:
        self._row("facts", row, FACTS)

    def _row(self, table: str, row: Row, columns: Columns) -> None:
        if table == "facts" and self._last in {None, "entities"}:
            self._file.write('\n], "facts": [')
            self._last = None
        given = {name: row[name] for name in columns if row.get(name) is not None}
        self._file.write(",\n" if self._last == table else "\n")
        self._file.write(json.dumps(given, ensure_ascii=False, default=str))
        self._last = table

    def end(self) -> None:
        self._file.write("\n]}\n" if self._last == "facts" else '\n], "facts": []}\n')
        self._file.close()


class GraphmlWriter(GraphWriter):
    """GraphML (2002), as Gephi and networkx read it: `label` is the name of a node and the relation of an edge."""

    def begin(self) -> None:
        self._file = self.part.open("w", encoding="utf-8", newline="\n")
        self._file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._file.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for sort, columns in (("node", ENTITIES), ("edge", FACTS)):
            self._file.write(f'<key id="{sort}-label" for="{sort}" attr.name="label" attr.type="string"/>\n')
            for name, type_ in columns.items():
                key = f'id="{sort}-{name}" for="{sort}" attr.name="{name}" attr.type="{_GRAPHML[type_]}"'
                self._file.write(f"<key {key}/>\n")
        self._file.write('<graph id="joinedup" edgedefault="directed">\n')

    def entity(self, row: Row) -> None:
        self._file.write(f"<node id={quoteattr(row['id'])}>")
        self._data("node", row["name"], row, ENTITIES)
        self._file.write("</node>\n")

    def fact(self, row: Row) -> None:
        ends = f"source={quoteattr(row['subject'])} target={quoteattr(row['object'])}"
        self._file.write(f"<edge id={quoteattr(row['fact'])} {ends}>")
        self._data("edge", row["relation"], row, FACTS)
        self._file.write("</edge>\n")

    def _data(self, sort: str, label: str, row: Row, columns: Columns) -> None:
        self._file.write(f'<data key="{sort}-label">{_xml(label)}</data>')
        for name in columns:
            if (value := row.get(name)) is not None:
                self._file.write(f'<data key="{sort}-{name}">{_xml(_plain(value))}</data>')

    def end(self) -> None:
        self._file.write("</graph>\n</graphml>\n")
        self._file.close()


class ParquetWriter(GraphWriter):
    """A folder with entities.parquet and facts.parquet."""

    def begin(self) -> None:
        self.part.mkdir(exist_ok=True)
        self._rows: dict[str, list[Row]] = {name: [] for name, _ in _tables()}
        self._schemas = {
            name: pyarrow.schema([(column, _ARROW[type_]) for column, type_ in columns.items()])
            for name, columns in _tables()
        }
        self._writers = {
            name: pyarrow.parquet.ParquetWriter(self.part / f"{name}.parquet", schema)
            for name, schema in self._schemas.items()
        }

    def entity(self, row: Row) -> None:
        self._add("entities", row)

    def fact(self, row: Row) -> None:
        self._add("facts", row)

    def _add(self, table: str, row: Row) -> None:
        self._rows[table].append(row)
        if len(self._rows[table]) >= _ROWS:
            self._flush(table)

    def _flush(self, table: str) -> None:
        schema = self._schemas[table]
        rows = [{name: row.get(name) for name in schema.names} for row in self._rows[table]]
        self._writers[table].write_table(pyarrow.Table.from_pylist(rows, schema=schema))
        self._rows[table] = []

    def end(self) -> None:
        for table, writer in self._writers.items():
            self._flush(table)
            writer.close()


WRITERS: dict[Format, type[GraphWriter]] = {
    Format.CSV: CsvWriter,
    Format.JSON: JsonWriter,
    Format.GRAPHML: GraphmlWriter,
    Format.PARQUET: ParquetWriter,
}


def _tables() -> list[tuple[str, Columns]]:
    return [("entities", ENTITIES), ("facts", FACTS)]


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return json.dumps(value, ensure_ascii=False)
        case float():
            return repr(value)
        case _:
            return str(value)


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it, which a reader takes away again."""
    text = "" if value is None else _plain(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in {"=", "+", "-", "@", "'", "\t", "\r"} else text


def _xml(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
