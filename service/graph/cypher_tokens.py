r"""Cypher cut into its tokens, as Neo4j 5.26 cuts it: the one place that knows where a text or a comment ends.

A line comment ends at \n or \r, and at nothing else. Block comments do not nest. In a text and in no other token a
backslash escapes; one before any other character than `t n b r f ' " \ u` stays. A quote is not escaped by another
quote; in a quoted name two backticks are one.

Neo4j puts \uXXXX in the place of its character before it cuts. This file does not: whoever must not be deceived
refuses such escapes for characters that can begin or end a token (the sandbox's check of a statement's text does).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a token is; also the name of its group in `_TOKEN`."""

    SPACE = "space"
    COMMENT = "comment"
    TEXT = "text"
    NAME = "name"
    """A name in backticks."""

    UNFINISHED = "unfinished"
    """A text, quoted name or comment that does not end: an error in Neo4j."""

    NUMBER = "number"
    WORD = "word"
    """A keyword or a plain name: Neo4j tells them apart by where they stand."""

    SYMBOL = "symbol"


_SPACES = "\t\n\v\f\r\x1c-\x1f \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_IN_WORDS = "".join(
    re.escape(char)
    for char in map(chr, range(0x10000))
    if unicodedata.category(char) in {"Cc", "Cf", "Mc", "Mn", "Pc", "Sc"} and not re.match(f"[{_SPACES}]", char)
)
"""What a name may hold beside letters and digits: Java's parts of an identifier, up to U+FFFF as in Neo4j."""

_PART = rf"[\w{_IN_WORDS}]"
_TOKEN = re.compile(
    rf"""
    (?P<space> [{_SPACES}]+ )
  | (?P<comment> //[^\r\n]* | /\*.*?\*/ )
  | (?P<text> '(?:[^'\\]|\\.)*+' | "(?:[^"\\]|\\.)*+" )
  | (?P<name> `(?:[^`]|``)*+` )
  | (?P<unfinished> (?:/\*|['"`]).* )
  | (?P<number> 0[xo]{_PART}* | (?:[0-9][0-9_]*(?:\.[0-9][0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?{_PART}* )
  | (?P<word> (?!\$){_PART}+ )
  | (?P<symbol> =~|<>|<=|>=|!=|\|\||\.\.|::|. )
    """,
    re.X | re.S,
)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.S)
_ESCAPES = {"t": "\t", "n": "\n", "b": "\b", "r": "\r", "f": "\f", "'": "'", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    sort: Sort
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def value(self) -> str:
        """What a text or a name stands for; the token itself otherwise."""
        if self.sort is Sort.TEXT:
            return _ESCAPED.sub(lambda escape: _unescaped(escape[1]), self.text[1:-1])
        if self.sort is Sort.NAME:
            return self.text[1:-1].replace("``", "`")
        return self.text

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, which are given in capitals."""
        return self.sort is Sort.WORD and self.text.upper() in words


def tokens(statement: str) -> list[Token]:
    """All of `statement`, in order: their texts joined are the statement. An empty one has none."""
    return [Token(Sort(match.lastgroup or ""), match[0], match.start()) for match in _TOKEN.finditer(statement)]


def code_of(statement: str) -> list[Token]:
    """The tokens of `statement` that Neo4j's grammar sees: without spaces and comments."""
    return [token for token in tokens(statement) if token.sort not in {Sort.SPACE, Sort.COMMENT}]


def without_literals(statement: str) -> str:
    """`statement` with comments, texts and quoted names blanked, so that what is left is code. Positions stay."""
    blanked = {Sort.COMMENT, Sort.TEXT, Sort.NAME, Sort.UNFINISHED}
    return "".join(
        re.sub(r"[^\r\n]", " ", token.text) if token.sort in blanked else token.text for token in tokens(statement)
    )


def place(statement: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a position: as Neo4j counts them, a line ends at \\n only."""
    return statement.count("\n", 0, at) + 1, at - statement.rfind("\n", 0, at)


def _unescaped(escape: str) -> str:
    if len(escape) == 5:
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape, f"\\{escape}")
