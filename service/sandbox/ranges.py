"""How many numbers the ranges of a statement count out, as far as its text says.

Neo4j looks at its time limit between rows, and not within one: `reduce(s = 0, i IN range(1, 2000000000) | s + i)` runs
for minutes after everybody was told that it was stopped. So what counts too far in one expression is refused before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.graph.cypher_tokens import Sort, Token

MOST_COUNTED = 10_000_000
"""Some seconds of Neo4j's time."""

_MOST = 2**64


def too_far(code: Sequence[Token], parameters: Mapping[str, Any]) -> Iterator[tuple[Token, int]]:
    """The ranges that count too far, alone or as often as others in the brackets around them, and how far that is.

    A range that is only unwound (`UNWIND range(…) AS i`) gives rows, between which Neo4j can stop. What a variable or
    a function decides is not known here, and counts as one. `code` is without spaces and comments.
    """
    counted = [1]
    for at, token in enumerate(code):
        if token.text in {"(", "["}:
            counted.append(1)
        elif token.text in {")", "]"} and len(counted) > 1:
            inside = counted.pop()
            counted[-1] *= inside if len(counted) > 1 else 1
        elif token.value.lower() == "range" and token.sort in {Sort.WORD, Sort.NAME} and _is(code, at + 1, "("):
            reader = _Reader(code, at + 2, parameters)
            size = reader.size()
            alone = len(counted) == 1
            if alone and at and code[at - 1].is_word("UNWIND") and _is(code, reader.at, "AS"):
                continue
            counted[-1] *= 1 if alone else max(size, 1)
            count = size if alone else math.prod(counted)
            if count > MOST_COUNTED:
                yield token, count


def _is(code: Sequence[Token], at: int, text: str) -> bool:
    return at < len(code) and code[at].text.upper() == text


class _Unknown(Exception):
    """What is not written as a number."""


class _Reader:
    """Reads the arguments of a range: sums and products of whole numbers and parameters."""

    def __init__(self, code: Sequence[Token], at: int, parameters: Mapping[str, Any]) -> None:
        self._code = code
        self._parameters = parameters
        self.at = at

    def size(self) -> int:
        """How many numbers the range gives; 1 where the text does not say. `at` is then behind its bracket."""
        try:
            values = [self._sum()]
            while self._next(","):
                values.append(self._sum())
        except _Unknown:
            return 1
        if not self._next(")") or not 2 <= len(values) <= 3:
            return 1
        first, last, step = [*values, 1][:3]
        return max(0, (last - first) // step + 1) if step else 1

    def _sum(self) -> int:
        value = self._product()
        while sign := self._next("+", "-"):
            value += self._product() * (-1 if sign == "-" else 1)
        return value

    def _product(self) -> int:
        value = self._signed()
        while self._next("*"):
            value = min(max(value * self._signed(), -_MOST), _MOST)
        return value

    def _signed(self) -> int:
        sign = 1
        while found := self._next("+", "-"):
            sign *= -1 if found == "-" else 1
        return sign * self._number()

    def _number(self) -> int:
        if self._next("("):
            value = self._sum()
            if not self._next(")"):
                raise _Unknown
            return value
        given = self._next("$")
        if self.at >= len(self._code):
            raise _Unknown
        token = self._code[self.at]
        self.at += 1
        if given:
            bound = self._parameters.get(token.value)
            if isinstance(bound, int):
                return bound
        elif token.sort is Sort.NUMBER:
            try:
                return int(token.text, 0)
            except ValueError:
                raise _Unknown from None
        raise _Unknown

    def _next(self, *texts: str) -> str:
        """Goes past the next token where it is one of these, and says which."""
        if self.at < len(self._code) and self._code[self.at].text in texts:
            self.at += 1
            return self._code[self.at - 1].text
        return ""
