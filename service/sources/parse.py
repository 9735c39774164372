"""Reads a folder of seeds into entries, each with its place. What the entries claim is verified in validate.py."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from service.errors import BadValue, SeedError, SourceChanged, StartError
from service.model.facts import Place, Source
from service.model.rows import Row
from service.sources.csv_rows import csv_rows
from service.sources.entries import EntityEntry, FactEntry, PlacesEntry, SaysEntry, SourceEntry, nearest, parse
from service.sources.yaml_lines import Located, read_yaml


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as its file gives it, with the quote that it stands under."""

    source: Source
    quote: str
    quote_line: int | None
    entry: FactEntry
    place: Place


@dataclass(frozen=True, slots=True)
class Registered:
    """A row of a register: each says something of the body that its column `id` names."""

    source: Source
    row: Row

    @property
    def id(self) -> str:
        return self.get("id")

    def get(self, column: str) -> str:
        """The value of a column; nothing where the register lacks it."""
        return str(self.row.values.get(column, ""))


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows of a register that belong to a group."""

    source: Source
    entry: PlacesEntry
    rows: tuple[Registered, ...]
    place: Place


@dataclass(slots=True)
class Entries:
    """Everything in a folder of seeds, parsed, with whatever was wrong so far."""

    sources: list[tuple[Source, Place]] = field(default_factory=list)
    entities: list[tuple[EntityEntry, Place]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    register: list[Registered] = field(default_factory=list)
    errors: list[SeedError] = field(default_factory=list)


def read_entries(folder: FilePath) -> Entries:
    """Read entities.yaml, facts/*.yaml and registers/*.yaml below `folder`. Reports errors, never raises them."""
    entries = Entries()
    document = _document(folder, "entities.yaml", entries.errors)
    for place, item in _items(document, "entities.yaml", None, entries.errors):
        if entity := parse(EntityEntry, item, file=place.file, line=place.line, errors=entries.errors):
            entries.entities.append((entity, place))
    for path in sorted((folder / "facts").glob("*.yaml")):
        _read_facts(folder, f"facts/{path.name}", entries)
    for path in sorted((folder / "registers").glob("*.yaml")):
        _read_register(folder, f"registers/{path.name}", entries)
    return entries


def _read_facts(folder: FilePath, name: str, entries: Entries) -> None:
    document = _document(folder, name, entries.errors)
    source = _source(folder, name, document, entries)
    for place, item in _items(document, name, "says", entries.errors):
        says = parse(SaysEntry, item, file=name, line=place.line, errors=entries.errors)
        if says is None or source is None:
            continue
        for raw in item["facts"]:
            line = raw.line if isinstance(raw, Located) else place.line
            if fact := parse(FactEntry, raw, file=name, line=line, errors=entries.errors):
                entries.said.append(Said(source, says.quote, says.line, fact, Place(name, line)))


def _read_register(folder: FilePath, name: str, entries: Entries) -> None:
    document = _document(folder, name, entries.errors)
    source = _source(folder, name, document, entries)
    rows = list(_rows(source, entries.errors)) if source else []
    entries.register.extend(rows)
    for place, item in _items(document, name, "places", entries.errors):
        entry = parse(PlacesEntry, item, file=name, line=place.line, errors=entries.errors)
        if entry is None or source is None:
            continue
        columns = rows[0].row.values if rows else {}
        for unknown in entry.where.keys() - columns.keys():
            detail = f"the register has no column {unknown!r}{nearest(unknown, columns)}"
            entries.errors.append(BadValue(detail, file=name, line=place.line))
        picked = tuple(each for each in rows if entry.where.items() <= each.row.values.items())
        if not picked:
            entries.errors.append(
                BadValue(f"no row of {source.file} has {dict(entry.where)}", file=name, line=place.line)
            )
        entries.placed.append(Placed(source, entry, picked, place))


def _document(folder: FilePath, name: str, errors: list[SeedError]) -> Any:
    """What a file holds, read once; nothing, with an error, where it is no YAML."""
    try:
        return read_yaml(folder / name, name)
    except SeedError as error:
        errors.append(error)
        return None


def _items(document: Any, name: str, key: str | None, errors: list[SeedError]) -> Iterator[tuple[Place, Any]]:
    """The entries of a list in a file: the file itself, or the list under `key`."""
    if key is not None:
        document = document.get(key) if isinstance(document, Located) else document
    if document is None:
        return
    if not isinstance(document, list):
        errors.append(BadValue(f"expected a list{f' under {key!r}' if key else ''}", file=name, line=1))
        return
    for item in document:
        yield Place(name, item.line if isinstance(item, Located) else 1), item


def _source(folder: FilePath, name: str, document: Any, entries: Entries) -> Source | None:
    """The source that the head of a file describes."""
    if document is None:
        return None
    head = document.get("source") if isinstance(document, Located) else None
    line = head.line if isinstance(head, Located) else 1
    entry = parse(SourceEntry, head, file=name, line=line, errors=entries.errors)
    if entry is None:
        return None
    try:
        content = (folder / entry.file).read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        detail = f"{entry.file} cannot be read: {error.strerror}"
        entries.errors.append(BadValue(detail, file=name, line=line))
        return None
    except UnicodeDecodeError as error:
        detail = f"{entry.file} is not UTF-8 at byte {error.start}"
        entries.errors.append(BadValue(detail, file=name, line=line))
        return None
    digest = hashlib.sha256(content).hexdigest()
    if digest != entry.sha256:
        entries.errors.append(
            SourceChanged(
                f"{entry.file} has sha256 {digest}, not {entry.sha256}: it changed after its facts were written. "
                "Restore it, or read it again sentence by sentence and then update sha256",
                file=name,
                line=line,
            )
        )
        return None
    recorded = (entry.recorded or entry.date).latest
    source = Source(
        id=entry.id,
        title=entry.title,
        publisher=entry.publisher,
        date=entry.date,
        date_note=entry.date_note,
        recorded=recorded,
        file=entry.file,
        sha256=entry.sha256,
        text=text,
        licence=entry.licence,
        aliases=entry.aliases,
    )
    entries.sources.append((source, Place(name, line)))
    return source


def _rows(source: Source, errors: list[SeedError]) -> Iterator[Registered]:
    try:
        for row in csv_rows(io.StringIO(source.text, newline=""), source.file):
            yield Registered(source, row)
    except StartError as error:
        errors.append(BadValue(error.detail, file=source.file))
