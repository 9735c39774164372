"""The line of a statement's first comment that gives examples of its parameters:

    // :param {body: 'winchester-city-council', as_of: null}

Without its slashes it is a command of Neo4j Browser and of cypher-shell, which sets the parameters. Here it gives the
values of those that nobody gave otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.errors import BadParameter
from service.graph.cypher_tokens import Sort, Token, code_of, place, tokens

_COMMAND = re.compile(r"//\s*:params?\b\s*")


@dataclass(frozen=True, slots=True)
class ParameterLine:
    start: int
    """Where its comment begins in the statement."""

    end: int
    line: int
    column: int
    """Of the map's opening brace."""

    map: str
    """The map, as Cypher."""

    entries: dict[str, str]
    """Each parameter's expression, as Cypher."""


def parameter_line(statement: str) -> ParameterLine | None:
    """The `// :param {…}` line before the first word of a statement, if there is one.

    Raises BadParameter, with the line, where there are two, or where what follows is no map.
    """
    found: ParameterLine | None = None
    for token in tokens(statement):
        if token.sort not in {Sort.SPACE, Sort.COMMENT}:
            break
        if command := _COMMAND.match(token.text):
            at = token.start + command.end()
            line, column = place(statement, at)
            where = f"(line {line}, column {column})"
            if found:
                raise BadParameter(f"a second `// :param` line: write all parameters in one {where}", line=line)
            text = token.text[command.end() :].rstrip()
            entries = _entries(text)
            if entries is None:
                detail = f"write the parameters as a map, `// :param {{name: 'value', other: null}}` {where}"
                raise BadParameter(detail, line=line, column=column)
            found = ParameterLine(token.start, token.end, line, column, text, entries)
    return found


def parameters_in(code: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Each `$` of a statement's code, with the name behind it."""
    return ((dollar, name) for dollar, name in pairwise(code) if dollar.text == "$")


def _entries(text: str) -> dict[str, str] | None:
    """The entries of a map that is all of `text`, each with the source of its value."""
    code = code_of(text)
    if [token.text for token in code[:1] + code[-1:]] != ["{", "}"]:
        return None
    entries: dict[str, str] = {}
    for part in _parts(code[1:-1]):
        if len(part) < 3 or part[0].sort not in {Sort.WORD, Sort.NAME} or part[1].text != ":":
            return None
        entries[part[0].value] = text[part[2].start : part[-1].end]
    return None if _unbalanced(code[1:-1]) else entries


def _parts(code: list[Token]) -> Iterator[list[Token]]:
    """What stands between the commas outside of brackets."""
    part: list[Token] = []
    depth = 0
    for token in code:
        depth += _step(token)
        if token.text == "," and depth == 0:
            yield part
            part = []
        else:
            part.append(token)
    if part or code:
        yield part


def _unbalanced(code: list[Token]) -> bool:
    """Whether brackets close that do not open in it, or the other way round."""
    depth = 0
    for token in code:
        depth += _step(token)
        if depth < 0:
            return True
    return depth != 0


def _step(token: Token) -> int:
    return (token.text in {"(", "[", "{"}) - (token.text in {")", "]", "}"})
