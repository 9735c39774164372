"""A question as tokens: its words and signs, each with its place, its lower-case form and its stem."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MOST_CHARACTERS = 1000
MOST_TOKENS = 120
_TOKEN = re.compile(r"\w+|['’]s\b|[^\w\s]")
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "So"})
_EMOJI_MARKS = "\ufe0f\u20e3🏻🏼🏽🏾🏿"
_RUN = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    key: str
    """Lower case, with a straight apostrophe."""

    stem: str
    shape: str
    """Its letters as X and x, its digits as 9, runs cut to two: `Xxx`, `99`."""


def tokens(question: str) -> list[Token]:
    """The tokens of `question`, at most one more than MOST_TOKENS. Offsets are those of `question` itself."""
    found = []
    for match in _TOKEN.finditer(question):
        text = match[0]
        key, root, form = _forms(text)
        found.append(Token(text, match.start(), match.end(), key, root, form))
        if len(found) > MOST_TOKENS:
            break
    return found


@lru_cache(maxsize=20_000)
def _forms(text: str) -> tuple[str, str, str]:
    key = text.lower().replace("’", "'")
    marks = "".join("X" if c.isupper() else "x" if c.isalpha() else "9" if c.isdigit() else c for c in text)
    return key, stem(key), _RUN.sub(r"\1\1", marks)


def stem(word: str) -> str:
    """A lower-case word without the commonest English endings: enough to see that funds, funded and funding are one."""
    n = len(word)
    if n > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif n > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        word = word[:-2]
    elif n > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        word = word[:-2]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sleo":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


def cleaned(question: str) -> str:
    """`question` with each control or invisible character and each pictogram as a space, cut to MOST_CHARACTERS."""
    return "".join(
        " " if unicodedata.category(char) in _NO_TEXT or char in _EMOJI_MARKS else char
        for char in question[:MOST_CHARACTERS]
    )
