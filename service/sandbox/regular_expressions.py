r"""Which regular expressions may be asked of Neo4j, which cannot stop one that backtracks (java.util.regex).

A list of what a pattern may hold, not of what it may not. A pattern is alternatives of a sequence of parts; a part is a
character, `.`, an escape or a class of characters, or alternatives in brackets. A part, but no bracket, may be optional
or repeated `{n}` or `{n,m}` times; it may be repeated without bound (`*`, `+`, `{n,}`) where nothing stands before it,
or nothing behind it. So the ways through a pattern can be counted, and the time grows with the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_CHARACTERS = 1000
MOST_WAYS = 1024
MOST_REPEATS = 50

_FLAGS = re.compile(r"\(\?([ismu]+)\)")
_PLACE = re.compile(r"\^|\$|\\[bB]")
_ESCAPE = r"\\(?:[dDwWsShHvVtnrf]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[pP]\{\w+\}|[^\w\s])"
_ONE = re.compile(rf"{_ESCAPE}|\[\^?(?:{_ESCAPE}|(?!&&)[^\[\]\\])+\]|[^\\\[\](){{}}?*+|^$]|[\]}}]", re.A | re.S)
_REPEAT = re.compile(r"(?:([?*+])|\{(\d{1,9})(?:(,)(\d{0,9}))?\})\??", re.A)


@dataclass(frozen=True, slots=True)
class Shape:
    """How long a pattern may take: on a text of n characters, some `ways` * `length` steps from each place where it
    starts; it starts at n places where it `opens`, and goes on for n more from each where it `closes` too."""

    ways: int = 1
    length: int = 0
    opens: bool = False
    """It begins with a part that is repeated without bound."""

    ends: bool = False
    """It ends with another such part: nothing may stand behind it."""

    closes: bool = False
    """That part may yet fail before the end of the text: all but `.` with the flag `s` may."""


def shape_of(pattern: str) -> Shape:
    """Raises ValueError, with the reason, for a pattern that may take longer than anyone can wait."""
    if len(pattern) > MOST_CHARACTERS:
        raise ValueError(f"has {len(pattern):,} characters; at most {MOST_CHARACTERS:,} are let through")
    return _Reader(pattern).read()


class _Reader:
    def __init__(self, pattern: str) -> None:
        flags = _FLAGS.match(pattern)
        self._pattern = pattern
        self._at = flags.end() if flags else 0
        self._dot_is_all = bool(flags and "s" in flags[1])

    def read(self) -> Shape:
        shape = self._alternatives(first=True)
        if self._at < len(self._pattern):
            raise ValueError("has a bracket that closes nothing")
        return shape

    def _alternatives(self, *, first: bool) -> Shape:
        found = [self._sequence(first)]
        while self._pattern.startswith("|", self._at):
            self._at += 1
            found.append(self._sequence(first))
        return Shape(
            _few(sum(shape.ways for shape in found)),
            max(shape.length for shape in found),
            any(shape.opens for shape in found),
            any(shape.ends for shape in found),
            any(shape.closes for shape in found),
        )

    def _sequence(self, first: bool) -> Shape:
        whole = Shape()
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            if place := _PLACE.match(self._pattern, self._at):
                self._at = place.end()
                continue
            here = first and whole.length == 0
            part = self._group(here) if self._pattern[self._at] == "(" else self._one(here)
            if whole.ends:
                raise ValueError(
                    "repeats without bound in its middle, which may run for ever; use CONTAINS, or several conditions"
                )
            opens = whole.opens or part.opens
            whole = Shape(_few(whole.ways * part.ways), whole.length + part.length, opens, part.ends, part.closes)
        return whole

    def _group(self, first: bool) -> Shape:
        self._at += 1
        if self._pattern.startswith("?", self._at):
            if not self._pattern.startswith("?:", self._at):
                raise ValueError("has a look-around, a flag or a name in brackets, which may run for ever")
            self._at += 2
        inside = self._alternatives(first=first)
        if not self._pattern.startswith(")", self._at):
            raise ValueError("has a bracket that does not close")
        self._at += 1
        if _REPEAT.match(self._pattern, self._at):
            raise ValueError("repeats a group, which may run for ever")
        return inside

    def _one(self, first: bool) -> Shape:
        one = _ONE.match(self._pattern, self._at)
        if one is None:
            raise ValueError(f"has {self._pattern[self._at : self._at + 2]!r}, which is not let through")
        self._at = one.end()
        repeat = _REPEAT.match(self._pattern, self._at)
        if repeat is None:
            return Shape(length=1)
        self._at = repeat.end()
        if _REPEAT.match(self._pattern, self._at) or self._pattern.startswith("+", self._at):
            raise ValueError("repeats what is repeated, which may run for ever")
        sign, least, comma, most = repeat.groups()
        if sign in {"*", "+"} or (comma and not most):
            certain = self._dot_is_all and one[0] == "."
            return Shape(1, max(1, int(least or 0)), opens=first, ends=not first, closes=not first and not certain)
        fewest, times = (0, 1) if sign else (int(least), int(most or least))
        if times > MOST_REPEATS:
            raise ValueError(f"repeats a part more than {MOST_REPEATS} times, which may run for ever")
        return Shape(_few(times - fewest + 1), max(times, 1))


def _few(ways: int) -> int:
    if ways > MOST_WAYS:
        raise ValueError("has so many optional, repeated or alternative parts that it may run for ever")
    return ways
