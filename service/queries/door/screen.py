"""What the text of a statement may not hold, found before Neo4j sees it: what its plan does not show.

A regular expression that backtracks cannot be stopped by Neo4j's time limit; a plan does not name functions,
`USE`, or the options of `CYPHER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from service.errors import NotReadOnly
from service.queries.statement import without_literals

MOST_CHARACTERS = 50_000
MOST_DEPTH = 200

FUNCTIONS = frozenset({"date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector"})
"""Namespaces of Neo4j's own functions that compute and no more; unqualified functions are all its own."""

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_QUALIFIED = re.compile(r"((?:`[^`]*`|\w+)(?:\s*\.\s*(?:`[^`]*`|\w+))+)\s*\(")
_USE = re.compile(r"(?<![.:`\w$])USE\s+[\w`]", re.I)
_OPTIONS = re.compile(r"^\s*CYPHER\b(?!\s+(?:5|25)\b\s*(?!\w+\s*=))", re.I)
_PREFIX = re.compile(r"^\s*(PROFILE|EXPLAIN)\b", re.I)
_MATCHES = re.compile(r"=~")
_BUILDS = re.compile(r"\b(?:reduce|replace)\s*\(|(?<![-)>\]])\s*\+", re.I)
_MOST_TEXT = 20_000
_LITERAL = re.compile(r"'((?:\\.|[^'\\])*)'|\"((?:\\.|[^\"\\])*)\"|\$(\w+)", re.S)


def check_text(statement: str, parameters: Mapping[str, Any]) -> None:
    """Raises NotReadOnly, with line and column, for what is not let through."""
    if len(statement) > MOST_CHARACTERS:
        raise NotReadOnly(f"a statement of {len(statement):,} characters; at most {MOST_CHARACTERS:,} are let through")
    for escape in _ESCAPE.finditer(statement):
        if int(escape[1], 16) < 0x80:
            raise _at(statement, escape.start(), "an escape for a plain character; write the character itself")
    code = without_literals(statement)
    named = _without_comments_and_strings(statement)
    if match := _PREFIX.search(code):
        raise _at(statement, match.start(1), f"{match[1].upper()} is not for statements here; ask for the plan instead")
    if match := _OPTIONS.search(code):
        raise _at(statement, match.start(), "options of CYPHER are not let through; `CYPHER 5` and `CYPHER 25` are")
    if match := _USE.search(code):
        raise _at(statement, match.start(), "USE is not let through: there is one graph here")
    for called in _QUALIFIED.finditer(named):
        _check_function(statement, named, called)
    _check_depth(statement, code)
    for at, pattern in _patterns(statement, code, parameters):
        if why := why_unsafe(pattern) or _why_too_long(pattern, code, parameters):
            raise _at(statement, at, f"the regular expression {pattern!r:.80} {why}")


def _check_function(statement: str, named: str, match: re.Match[str]) -> None:
    name = re.sub(r"[\s`]", "", match[1])
    before = named[: match.start()].rstrip()
    called = re.search(r"\bCALL$", before, re.I)
    if not called and name.split(".")[0].lower() not in FUNCTIONS:
        raise _at(statement, match.start(), f"the function {name} is not let through")


def _check_depth(statement: str, code: str) -> None:
    depth = 0
    for at, char in enumerate(code):
        depth += (char in "([{") - (char in ")]}")
        if depth > MOST_DEPTH:
            raise _at(statement, at, f"brackets nested deeper than {MOST_DEPTH}")


def _patterns(statement: str, code: str, parameters: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The pattern behind each `=~`. One that is computed cannot be looked at, and is not let through."""
    for match in _MATCHES.finditer(code):
        start = match.end() + len(statement[match.end() :]) - len(statement[match.end() :].lstrip())
        literal = _LITERAL.match(statement, start)
        follows = code[literal.end() :].lstrip()[:1] if literal else ""
        if literal is None or follows in {"+", "[", "."}:
            detail = "behind =~ stands a pattern that is computed; write all of it as one text or one parameter"
            raise _at(statement, match.start(), detail)
        if literal[3] is not None:
            pattern = parameters.get(literal[3])
            if not isinstance(pattern, str):
                raise _at(statement, match.start(), f"the pattern ${literal[3]} is not a text")
            yield match.start(), pattern
        else:
            yield match.start(), (literal[1] if literal[1] is not None else literal[2]).replace("\\\\", "\\")


def why_unsafe(pattern: str) -> str | None:
    """Why a regular expression may take longer than anyone can wait, if so.

    Let through: unbounded repetition at the very start and the very end, no repeated group, at most ten optional or
    bounded parts; the time then grows with the length of the text, times a constant.
    """
    core = _plain(pattern)
    if re.search(r"\\\d|\(\?", core):
        return "has a back-reference or a look-around, which may run for ever"
    core = _OPEN_END.sub("", _OPEN_START.sub("", core))
    if re.search(r"[*+]|\{\d*,\}", core):
        return "repeats without bound in its middle, which may run for ever; use CONTAINS, or several conditions"
    if re.search(r"\)\s*[?{]", core):
        return "repeats a group, which may run for ever"
    counts = [int(number) for number in re.findall(r"\{(?:\d*,)?(\d+)\}", core)]
    if core.count("?") + sum(counts) > 10:
        return "has more than ten optional or repeated parts, which may run for ever"
    return None


def _why_too_long(pattern: str, code: str, parameters: Mapping[str, Any]) -> str | None:
    """A pattern open at both ends takes the square of the text's length: the text must then be one of the graph's."""
    core = _plain(pattern)
    if not (_OPEN_START.search(core) and _OPEN_END.search(core)) or re.match(r"\(\?[a-z]*s", pattern):
        return None
    if _BUILDS.search(code) or any(len(str(value)) > _MOST_TEXT for value in parameters.values()):
        return "is open at both ends, and the statement builds text that may be long: write (?s) before it"
    return None


def _plain(pattern: str) -> str:
    """The pattern without its flags, with every escape and class of characters as one plain character."""
    core = re.sub(r"^\(\?[a-z]+\)", "", pattern)
    core = re.sub(r"\\[^\d]", "x", core)
    return re.sub(r"\[[^\]]*\]", "x", core)


_OPEN_START = re.compile(r"^\(?(?:\.|\w)[*+]")
_OPEN_END = re.compile(r"(?:\.|\w)[*+]\)?$")


def _without_comments_and_strings(statement: str) -> str:
    """As `without_literals`, but names in backticks stay."""
    pattern = r"/\*.*?\*/|//[^\n]*|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|(`(?:``|[^`])*`)"
    blank = lambda match: match[0] if match[1] else re.sub(r"[^\n]", " ", match[0])  # noqa: E731
    return re.sub(pattern, blank, statement, flags=re.S)


def _at(statement: str, at: int, detail: str) -> NotReadOnly:
    line = statement.count("\n", 0, at) + 1
    column = at - (statement.rfind("\n", 0, at) + 1) + 1
    return NotReadOnly(f"{detail} (line {line}, column {column})", line=line, column=column)
