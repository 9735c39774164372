"""The elements of one array of a JSON file, read as a stream, each with its place in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.errors import StartError
from service.model.rows import Row

_CHUNK = 1 << 20
_SPACE = " \t\n\r"


def json_rows(path: Path, array: str) -> Iterator[Row]:
    """The elements of the array under the key `array` of the file's object, or of an array that is the whole file.

    Raises StartError, with line and column, where the file is no JSON or holds no such array of objects.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from _Reader(path, file).elements(array)


class _Reader:
    """A window on the text that grows until the next value is whole in it, and lets go of what was read."""

    def __init__(self, path: Path, file: Any) -> None:
        self._path = path
        self._file = file
        self._window = ""
        self._at = 0
        self._before = 0
        self._counted = 0
        self._lines = 0
        """Lines that end before the place up to which they are counted: each is counted once."""

        self._line_start = 0
        self._ended = False
        self._decoder = json.JSONDecoder(parse_constant=self._no_number)

    def elements(self, array: str) -> Iterator[Row]:
        if self._peek() == "[":
            yield from self._array()
        else:
            yield from self._object(array)
        if self._peek():
            raise self._wrong("something stands after the end")

    def _object(self, array: str) -> Iterator[Row]:
        self._take("{", f'an object with the array "{array}"')
        found = False
        while self._peek() != "}":
            key, _ = self._value()
            self._take(":", "a colon")
            if key == array and self._peek() == "[":
                found = True
                yield from self._array()
            else:
                self._value()
            if self._peek() != "}":
                self._take(",", "a comma, or the end of the object")
        self._take("}", "the end of the object")
        if not found:
            raise StartError(f'{self._path} has no array "{array}"; is it a file of the 360Giving Data Standard?')

    def _array(self) -> Iterator[Row]:
        self._take("[", "an array")
        while self._peek() != "]":
            line, start = self._line(), self._before + self._at
            value, text = self._value()
            if not isinstance(value, dict):
                raise self._wrong(f"an object was expected, not {text[:40]}")
            yield Row(value, line, start, text)
            if self._peek() != "]":
                self._take(",", "a comma, or the end of the array")
        self._take("]", "the end of the array")

    def _value(self) -> tuple[Any, str]:
        """The value that begins here, and its text."""
        self._peek()
        size = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._window, self._at)
            except json.JSONDecodeError as error:
                if self._ended:
                    self._at = min(error.pos, len(self._window))
                    raise self._wrong(error.msg) from None
            except RecursionError:
                raise self._wrong("values are nested too deeply") from None
            else:
                if end < len(self._window) or self._ended:  # a number at the edge may go on
                    text = self._window[self._at : end]
                    self._at = end
                    return value, text
            self._grow(size)
            size *= 2

    def _peek(self) -> str:
        """The next character that is no white space; none at the end."""
        while True:
            while self._at < len(self._window) and self._window[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._window) or self._ended:
                return self._window[self._at : self._at + 1]
            self._grow(_CHUNK)

    def _take(self, wanted: str, what: str) -> None:
        if self._peek() != wanted:
            raise self._wrong(f"{what} was expected")
        self._at += 1

    def _grow(self, size: int) -> None:
        if (newline := self._window.rfind("\n", 0, self._at)) >= 0:
            self._line_start = self._before + newline + 1
        self._before += self._at
        self._line()
        self._counted = 0
        more = self._file.read(size)
        self._window = self._window[self._at :] + more
        self._at = 0
        self._ended = not more

    def _line(self) -> int:
        if self._at > self._counted:
            self._lines += self._window.count("\n", self._counted, self._at)
            self._counted = self._at
        return self._lines + 1

    def _wrong(self, why: str) -> StartError:
        newline = self._window.rfind("\n", 0, self._at)
        start = self._before + newline + 1 if newline >= 0 else self._line_start
        column = self._before + self._at - start + 1
        return StartError(f"{self._path}:{self._line()}: no JSON at column {column}: {why}")

    def _no_number(self, name: str) -> Any:
        raise self._wrong(f"{name} is no number in JSON")
