"""What the text of a statement may not hold, found before Neo4j sees it: what its plan does not show.

A regular expression that backtracks, and a list within one row, cannot be stopped by Neo4j's time limit; a plan does
not name functions, `USE`, or the options of `CYPHER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.errors import NotReadOnly
from service.graph.cypher_tokens import Sort, Token, code_of, place
from service.sandbox.ranges import MOST_COUNTED, too_far
from service.sandbox.regular_expressions import Shape, shape_of

MOST_CHARACTERS = 50_000
MOST_DEPTH = 200

FUNCTIONS = frozenset({"date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector"})
"""Namespaces of Neo4j's own functions that compute and no more; unqualified functions are all its own."""

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_MOST_TEXT = 20_000
_MOST_STEPS = 50
"""Steps of a pattern from each place of a text that may be long."""

_BEHIND_A_PATTERN = frozenset(
    {
        *(")", "]", "}", ",", "|", ";", "=", "<>", "!=", "<", ">", "<=", ">="),
        *("AND", "OR", "XOR", "THEN", "WHEN", "ELSE", "END", "AS", "ASC", "ASCENDING", "DESC", "DESCENDING"),
        *("RETURN", "WITH", "WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT", "UNION", "MATCH", "OPTIONAL", "CALL"),
        *("UNWIND", "FINISH", "CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "FOREACH", "LOAD", "INSERT"),
    }
)
"""What binds less than `=~`, or ends the expression: the pattern is then all that stands between."""


def check_text(statement: str, parameters: Mapping[str, Any]) -> None:
    """Raises NotReadOnly, with line and column, for what is not let through."""
    if len(statement) > MOST_CHARACTERS:
        raise NotReadOnly(f"a statement of {len(statement):,} characters; at most {MOST_CHARACTERS:,} are let through")
    for escape in _ESCAPE.finditer(statement):
        if int(escape[1], 16) < 0x80:
            raise _at(statement, escape.start(), "an escape for a plain character; write the character itself")
    code = code_of(statement)
    for token in code:
        if token.text == "\\":
            raise _at(statement, token.start, "a backslash outside of a text; write the character itself")
    _check_depth(statement, code)
    _check_prefix(statement, code)
    _check_names(statement, code)
    for token, count in too_far(code, parameters):
        detail = f"range may count to {count:,} in one row, which cannot be stopped; at most {MOST_COUNTED:,}"
        raise _at(statement, token.start, f"{detail}, or UNWIND it into rows")
    for token, pattern in _patterns(statement, code, parameters):
        try:
            shape = shape_of(pattern)
        except ValueError as error:
            raise _at(statement, token.start, f"the regular expression {pattern!r:.80} {error}") from None
        if why := _too_long(shape, code, parameters):
            raise _at(statement, token.start, f"the regular expression {pattern!r:.80} {why}")


def _check_depth(statement: str, code: Sequence[Token]) -> None:
    depth = 0
    for token in code:
        depth += (token.text in {"(", "[", "{"}) - (token.text in {")", "]", "}"})
        if depth > MOST_DEPTH:
            raise _at(statement, token.start, f"brackets nested deeper than {MOST_DEPTH}")


def _check_prefix(statement: str, code: Sequence[Token]) -> None:
    """What may stand before a statement: `CYPHER` with a version, once or more."""
    at = 0
    while at < len(code) and code[at].is_word("CYPHER"):
        at += 1
        at += at < len(code) and code[at].text in {"5", "25"}
        if (at < len(code) and code[at].sort is Sort.NUMBER) or (at + 1 < len(code) and code[at + 1].text == "="):
            detail = "options of CYPHER are not let through; `CYPHER 5` and `CYPHER 25` are"
            raise _at(statement, code[0].start, detail)
    if at < len(code) and code[at].is_word("PROFILE", "EXPLAIN"):
        word = code[at].text.upper()
        raise _at(statement, code[at].start, f"{word} is not for statements here; ask for the plan instead")


def _check_names(statement: str, code: Sequence[Token]) -> None:
    """`USE`, and functions with a namespace, which are an extension's."""
    named = {Sort.WORD, Sort.NAME}
    for at, token in enumerate(code):
        before = code[at - 1].text if at else ""
        after = code[at + 1] if at + 1 < len(code) else None
        if token.sort not in named or after is None:
            continue
        inside = before in {".", ":", "$", "|", "&", "(", "[", ","}
        if token.is_word("USE") and not inside and (after.sort in named or after.text == "("):
            raise _at(statement, token.start, "USE is not let through: there is one graph here")
        if after.text == "(":
            first = at
            while first >= 2 and code[first - 1].text == "." and code[first - 2].sort in named:
                first -= 2
            name = ".".join(part.value for part in code[first : at + 1 : 2])
            called = first > 0 and code[first - 1].is_word("CALL")
            if "." in name and not called and name.split(".")[0].lower() not in FUNCTIONS:
                raise _at(statement, code[first].start, f"the function {name} is not let through")


def _patterns(statement: str, code: Sequence[Token], parameters: Mapping[str, Any]) -> Iterator[tuple[Token, str]]:
    """The pattern behind each `=~`. One that is computed cannot be looked at, and is not let through."""
    for at, operator in enumerate(code):
        if operator.text != "=~":
            continue
        given = at + 2 < len(code) and code[at + 1].text == "$"
        operand = code[at + 1 + given] if at + 1 < len(code) else None
        behind = code[at + 2 + given].text.upper() if at + 2 + given < len(code) else ";"
        if operand is None or not (given or operand.sort is Sort.TEXT) or behind not in _BEHIND_A_PATTERN:
            detail = "behind =~ stands a pattern that is computed; write all of it as one text or one parameter"
            raise _at(statement, operator.start, detail)
        pattern = parameters.get(operand.value) if given else operand.value
        if not isinstance(pattern, str):
            raise _at(statement, operator.start, f"the pattern ${operand.value} is not a text")
        yield operator, pattern


def _too_long(shape: Shape, code: Sequence[Token], parameters: Mapping[str, Any]) -> str | None:
    """A pattern takes as many times the text's length as it has steps, and the square of it where it is open at both
    ends: the text must then be one of the graph's."""
    steps = shape.ways * shape.length
    if not shape.opens or (steps <= _MOST_STEPS and not shape.closes):
        return None
    if _builds_text(code) or any(len(str(value)) > _MOST_TEXT for value in parameters.values()):
        if shape.closes:
            return "is open at both ends, and the statement builds text that may be long: write (?s) before it"
        return "takes many steps from each character, and the statement builds text that may be long"
    return None


def _builds_text(code: Sequence[Token]) -> bool:
    """Whether it can make a text longer than those in the graph. `->+` and `--+` repeat a path, and add nothing."""
    for at, token in enumerate(code):
        if token.text in {"+", "||"} and not (at and code[at - 1].text in {"-", ">"}):
            return True
        if token.value.lower() in {"reduce", "replace"} and at + 1 < len(code) and code[at + 1].text == "(":
            return True
    return False


def _at(statement: str, at: int, detail: str) -> NotReadOnly:
    line, column = place(statement, at)
    return NotReadOnly(f"{detail} (line {line}, column {column})", line=line, column=column)
