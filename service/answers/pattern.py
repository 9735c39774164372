"""Ask patterns: how a person may put a question.

`(who|which bodies) (leads|runs) {thing}`: `(a|b)` is one of several, `[x]` may be left out, `{thing}` is a name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

_TOKEN = re.compile(r"\{(?P<slot>\w+)\}|\((?P<one_of>[^()]*)\)|\[(?P<optional>[^\[\]]*)\]|(?P<word>[^\s{}()\[\]]+)")
_OPENERS = re.compile(
    r"^(?:(?:please|hi|hello|so|and|can you|could you|would you|do you know|i want to know|i would like to know|tell me"
    r"|show me|find|list|say|give me)\s+)+(?=\S)",
    re.I,
)
_MOST_EXPANSIONS = 4000


@dataclass(frozen=True, slots=True)
class AskPattern:
    text: str
    slots: frozenset[str]
    expansions: tuple[str, ...]
    """Every way to say it, in normal form, with `{slot}` where a name stands."""

    regex: re.Pattern[str]

    def match(self, words: list[str]) -> dict[str, tuple[int, int]] | None:
        """Where each slot stands in `words` (first and past-the-last index), if the pattern fits all of them."""
        found = self.regex.fullmatch(" ".join(words) + " ")
        if not found:
            return None
        ends: dict[int, int] = {}
        starts: dict[int, int] = {}
        at = 0
        for index, word in enumerate(words):
            starts[at], ends[at + len(word)] = index, index + 1
            at += len(word) + 1
        return {slot: (starts[found.start(slot)], ends[found.end(slot)]) for slot in self.slots}

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for text in self.expansions for word in text.split() if not word.startswith("{"))


def read_pattern(text: str) -> AskPattern:
    """Raises ValueError where the brackets do not close, a slot stands twice, or there are too many ways to say it."""
    parts: list[list[str]] = []
    slots: list[str] = []
    rest = _TOKEN.sub("", text).strip()
    if rest:
        raise ValueError(f"{rest[:20]!r} does not belong there")
    for token in _TOKEN.finditer(text):
        if token["slot"]:
            slots.append(token["slot"])
            parts.append([f"{{{token['slot']}}}"])
        elif token["one_of"] is not None:
            parts.append([normal(choice) for choice in token["one_of"].split("|")])
        elif token["optional"] is not None:
            parts.append(["", *(normal(choice) for choice in token["optional"].split("|"))])
        else:
            parts.append([normal(token["word"])])
    if len(slots) != len(set(slots)):
        raise ValueError("a slot stands twice")
    count = 1
    for part in parts:
        count *= len(part)
    if count > _MOST_EXPANSIONS:
        raise ValueError(f"{count} ways to say it; split it into several patterns")
    expansions = tuple(" ".join(word for word in words if word) for words in product(*parts))
    if not any(word for word in expansions[0].split() if not word.startswith("{")):
        raise ValueError("a name alone is not a question")
    return AskPattern(text, frozenset(slots), expansions, _regex(parts))


def _regex(parts: list[list[str]]) -> re.Pattern[str]:
    pieces = []
    for choices in parts:
        if choices[0].startswith("{"):
            pieces.append(rf"(?P<{choices[0][1:-1]}>\S+(?: \S+)*?) ")
            continue
        words = "|".join(re.escape(choice) + " " for choice in sorted(choices, key=len, reverse=True) if choice)
        pieces.append(f"(?:{words})" + ("?" if "" in choices else ""))
    return re.compile("".join(pieces))


def normal(text: str) -> str:
    """A question as it is compared: case, quotes' form, punctuation and polite openers do not matter."""
    return " ".join(normal_words(text))


def normal_words(text: str) -> list[str]:
    return [word.casefold() for word in typed_words(text)]


def typed_words(text: str) -> list[str]:
    """The words of a question as they were typed, without punctuation and polite openers."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").replace("&", " and ")
    plain = re.sub(r"[^\w'+/£%{}.-]", " ", plain)
    words = [word.strip("'.-/") for word in plain.split()]
    return _OPENERS.sub("", " ".join(word for word in words if word)).split()


def renamed(text: str, given: str, name: str) -> str:
    """A question, or a command, with `name` in place of the words `given`."""
    words = [r"(?:and|&)" if word.casefold() == "and" else re.escape(word) for word in given.split()]
    return re.sub(rf"(?<!\w){'[^A-Za-z0-9]+'.join(words)}(?!\w)", lambda _: name, text, count=1, flags=re.I)
