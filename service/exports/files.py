"""The two tables of a graph written as CSV, JSON, GraphML or Parquet, row by row, whole or not at all."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Self
from xml.sax.saxutils import escape, quoteattr

import pyarrow
import pyarrow.parquet

from service.errors import StartError
from service.exports.place import FilePlace, FolderPlace, Place
from service.exports.rows import FORMULA, defused
from service.model.columns import ENTITIES, FACTS, Columns

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

_NO_XML = {code: 0x2400 + code for code in range(32) if code not in {9, 10, 13}} | dict.fromkeys(
    (0xFFFE, 0xFFFF), 0xFFFD
)
"""Characters that no XML 1.0 (2008) document may hold, as the signs that Unicode has for them."""

Row = Mapping[str, Any]


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    GRAPHML = "graphml"
    PARQUET = "parquet"


class GraphWriter(ABC):
    """Takes entities, then facts. What it wrote comes into being when it is left in order, in the place of any before.

    Raises StartError where the place cannot be written, the disk is full, or something stands there that no export
    wrote; what was there before is there still.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = self.goes_to(path)
        self.part = self.place.part
        self._files: list[IO[str] | pyarrow.parquet.ParquetWriter] = []
        """What is open."""

    @classmethod
    @abstractmethod
    def goes_to(cls, path: Path) -> Place:
        """The place that a path names in this form."""

    def check(self) -> None:
        """Raises StartError where it would refuse to write."""
        try:
            self.place.check()
        except OSError as error:
            raise self._refusal(error) from error

    def __enter__(self) -> Self:
        self.check()
        with self._whole_or_not_at_all():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.begin()
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        with self._whole_or_not_at_all():
            if error is not None:
                raise error
            self.end()
            for file in self._files:
                file.close()
            self.place.take()

    @contextmanager
    def _whole_or_not_at_all(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            for file in self._files:
                with suppress(OSError, pyarrow.ArrowException):  # a full disk takes no last lines either
                    file.close()
            with suppress(OSError):
                self.place.give_up()
            if isinstance(error, OSError):
                raise self._refusal(error) from error
            raise

    def _refusal(self, error: OSError) -> StartError:
        return StartError(f"{self.path} cannot be written: {error.strerror or error}")

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def entity(self, row: Row) -> None: ...

    @abstractmethod
    def fact(self, row: Row) -> None: ...

    @abstractmethod
    def end(self) -> None:
        """What comes after the last row."""


class FolderWriter(GraphWriter):
    """A folder with a file of entities and one of facts."""

    @classmethod
    def goes_to(cls, path: Path) -> Place:
        return FolderPlace(path)


class TextWriter(GraphWriter):
    """One file of text. `head` is what every one of its form begins with."""

    head: ClassVar[str]

    @classmethod
    def goes_to(cls, path: Path) -> Place:
        return FilePlace(path, cls.head)

    def begin(self) -> None:
        self._file = self.part.open("x", encoding="utf-8", newline="\n")
        self._files.append(self._file)
        self._file.write(self.head)


class CsvWriter(FolderWriter):
    """A folder with entities.csv and facts.csv. Lists are JSON; before what looks like a formula is an apostrophe."""

    def begin(self) -> None:
        self.part.mkdir()
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
        """Nothing comes after it."""


class JsonWriter(TextWriter):
    """One object: {"entities": [...], "facts": [...]}, a row on each line."""

    head = '{"entities": [\n'
    _table = "entities"
    _first = True

    def entity(self, row: Row) -> None:
        self._row("entities", row, ENTITIES)

    def fact(self, row: Row) -> None:
        self._row("facts", row, FACTS)

    def _row(self, table: str, row: Row, columns: Columns) -> None:
        if table != self._table:
            self._file.write('], "facts": [\n' if self._first else '\n], "facts": [\n')
            self._table, self._first = table, True
        given = {name: row[name] for name in columns if row.get(name) is not None}
        self._file.write("" if self._first else ",\n")
        self._file.write(json.dumps(given, ensure_ascii=False, default=str))
        self._first = False

    def end(self) -> None:
        self._file.write("\n]}\n" if self._table == "facts" else '\n], "facts": []}\n')


class GraphmlWriter(TextWriter):
    """GraphML (2002), as Gephi and networkx read it: `label` is the name of a node and the relation of an edge."""

    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        '<key id="node-label" for="node" attr.name="label" attr.type="string"/>\n'
    )

    def begin(self) -> None:
        super().begin()
        for sort, columns in (("node", ENTITIES), ("edge", FACTS)):
            if sort == "edge":
                self._file.write('<key id="edge-label" for="edge" attr.name="label" attr.type="string"/>\n')
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


class ParquetWriter(FolderWriter):
    """A folder with entities.parquet and facts.parquet."""

    def begin(self) -> None:
        self.part.mkdir()
        self._rows: dict[str, list[Row]] = {name: [] for name, _ in _tables()}
        self._tables: dict[str, pyarrow.parquet.ParquetWriter] = {}
        for name, columns in _tables():
            schema = pyarrow.schema([(column, _ARROW[type_]) for column, type_ in columns.items()])
            self._tables[name] = pyarrow.parquet.ParquetWriter(self.part / f"{name}.parquet", schema)
            self._files.append(self._tables[name])

    def entity(self, row: Row) -> None:
        self._add("entities", row)

    def fact(self, row: Row) -> None:
        self._add("facts", row)

    def _add(self, table: str, row: Row) -> None:
        self._rows[table].append(row)
        if len(self._rows[table]) >= _ROWS:
            self._flush(table)

    def _flush(self, table: str) -> None:
        schema = self._tables[table].schema
        rows = [{name: row.get(name) for name in schema.names} for row in self._rows[table]]
        self._tables[table].write_table(pyarrow.Table.from_pylist(rows, schema=schema))
        self._rows[table] = []

    def end(self) -> None:
        for table in self._tables:
            self._flush(table)


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
    return defused(text, (*FORMULA, "'")) if isinstance(value, str) else text


def _xml(text: str) -> str:
    return escape(text.translate(_NO_XML), {"\r": "&#13;"})
