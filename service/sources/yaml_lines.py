"""YAML as plain values that remember their lines, so that an error can say where it stands.

Values are those of YAML 1.2's core schema (2009): `no`, `on` and `yes` are words, and a date is the text that it is.
Neither an alias nor a depth that nobody writes is read: a small file could stand for more than any memory holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from service.errors import BadValue

_DEEPEST = 50
_NULL = re.compile(r"null|Null|NULL|~|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,4000}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN")
_TEXT_TAG = "tag:yaml.org,2002:str"


class Located(dict[str, Any]):
    """A mapping of a YAML file with the line of itself and of each of its keys."""

    line: int
    lines: dict[str, int]


def read_yaml(path: Path, name: str, *, typed: bool = True) -> Any:
    """The document in `path`: mappings are `Located`; nothing where it is empty. Unless `typed`, all scalars are text.

    Raises BadValue, with `name` as the file, where the text is not UTF-8 or does not parse, a key stands twice, or
    something is used that is not read here.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadValue(f"not UTF-8 at byte {error.start}; save the file as UTF-8", file=name) from error
    except OSError as error:
        raise BadValue(f"cannot be read: {error.strerror}", file=name) from error
    try:
        return _Reader(yaml.parse(text, Loader=yaml.CSafeLoader), name, typed).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadValue(
            f"not YAML: {error.problem or error.context}", file=name, line=mark.line + 1 if mark else None
        ) from error
    except yaml.YAMLError as error:
        raise BadValue(f"not YAML: {error}", file=name) from error


class _Reader:
    """Values out of the parser's events, which come one after the other: no value is made before it is allowed."""

    def __init__(self, events: Iterator[yaml.Event], name: str, typed: bool) -> None:
        self._events = events
        self._name = name
        self._typed = typed

    def document(self) -> Any:
        value, documents = None, 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._wrong(event, "a second document begins; a file holds one")
                value = self._value(next(self._events), 0)
        return value

    def _value(self, event: yaml.Event, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise self._wrong(event, f"*{event.anchor} stands for something else; write that out, aliases are not read")
        if depth > _DEEPEST:
            raise self._wrong(event, f"more than {_DEEPEST} levels deep; nothing here has so many")
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._value(each, depth + 1) for each in self._until(yaml.SequenceEndEvent)]
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event)

    def _mapping(self, event: yaml.Event, depth: int) -> Located:
        mapping = Located()
        mapping.line = _line(event)
        mapping.lines = {}
        for key_event in self._until(yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                raise self._wrong(key_event, "a key must be a word or some text")
            key = str(key_event.value)
            if key in mapping:
                raise self._wrong(key_event, f"{key!r} stands twice in one entry")
            mapping.lines[key] = _line(key_event)
            mapping[key] = self._value(next(self._events), depth + 1)
        return mapping

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text = str(event.value)
        if event.tag not in {None, "!", _TEXT_TAG}:
            raise self._wrong(event, f"the tag {event.tag} is not read; leave it out")
        if not self._typed or event.style or event.tag is not None:
            return text
        if _NULL.fullmatch(text):
            return None
        if _BOOL.fullmatch(text):
            return text.casefold() == "true"
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text.casefold().replace(".inf", "inf").replace(".nan", "nan"))
        return text

    def _wrong(self, event: yaml.Event, why: str) -> BadValue:
        return BadValue(why, file=self._name, line=_line(event))


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1
