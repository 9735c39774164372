"""What a question names: those that are known, and names that nothing knows, which are said and never dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.identity.elsewhere import ELSEWHERE
from service.identity.names import Named, Names
from service.model.name_keys import name_key

_TOKEN = re.compile(r"[^\W_][\w'’+/£%&.-]*|&|[^\w\s]")
_MOST_WORDS = 60
_LONGEST = 10
_JOINING = frozenset({"of", "the", "for", "upon", "under", "le", "de", "and", "&"})
_APART = frozenset({"and", "&"})
_NO_NAMES = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "i"),
    }
)
_INSTITUTIONS = frozenset(
    {
        *("university", "college", "school", "academy", "hospital", "infirmary", "nhs", "police", "constabulary"),
        *("airport", "port", "cathedral", "diocese", "church", "football", "fc", "water", "chamber", "museum"),
        *("theatre", "trust", "charity", "foundation", "society", "housing"),
    }
)
"""Words beside the name of a place that make it the name of something else, typed small or not."""

_ORDINARY = frozenset(
    {"bury", "craven", "derby", "down", "harrow", "highland", "highlands", "reading", "rugby", "slough", "swale"}
)
"""Words that are also names of authorities: only where they are written as names."""

_TIERS = frozenset({"city", "county", "borough", "district", "town", "parish", "metropolitan"})


@dataclass(frozen=True, slots=True)
class Mentions:
    known: tuple[Named, ...]
    unknown: tuple[str, ...]
    """Names as typed that nothing in the graph bears."""

    rest: tuple[str, ...]
    """The other words, in lower case."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    named: tuple[Named, ...]
    """Nobody where the name is that of an authority elsewhere."""

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


async def read_mentions(names: Names, question: str) -> Mentions:
    """The names in a question, the longest first where one lies in another."""
    words, breaks = _words(question)
    spans = await _spans(names, words)
    unknown = [(span.start, span.end) for span in spans if not span.named]
    for start, end in [*_written_large(names, words, breaks, spans), *_institutions(words, spans)]:
        if not any(a < end and start < b for a, b in unknown):
            unknown.append((start, end))
    spans = [span for span in spans if not any(span.overlaps(start, end) for start, end in unknown)]
    taken = {at for start, end in unknown for at in range(start, end)}
    known = [named for span in sorted(spans, key=lambda span: span.start) for named in span.named]
    return Mentions(
        tuple(dict.fromkeys(known)),
        tuple(dict.fromkeys(" ".join(words[start:end]) for start, end in sorted(unknown))),
        tuple(word.casefold() for at, word in enumerate(words) if at not in taken),
    )


def _words(question: str) -> tuple[list[str], set[int]]:
    """The words, and after which of them a comma or the like stands."""
    words: list[str] = []
    breaks: set[int] = set()
    for token in _TOKEN.findall(question):
        if token[0].isalnum() or token == "&":
            plain = re.sub(r"['’]s$", "", token).strip("'’.-/")
            words.append(plain or token)
        elif words and token in ",;:?!()":
            breaks.add(len(words) - 1)
    return words[:_MOST_WORDS], breaks


async def _spans(names: Names, words: Sequence[str]) -> list[_Span]:
    """Runs of words that are names: of the graph, or in the register of authorities; none within another."""
    large = any(word != word.lower() for word in words[1:])
    runs = [(i, i + n) for n in range(min(_LONGEST, len(words)), 0, -1) for i in range(len(words) - n + 1)]
    found = await names.known_by([" ".join(words[start:end]) for start, end in runs], as_written=large)
    spans: list[_Span] = []
    for start, end in runs:
        typed = " ".join(words[start:end])
        named = tuple(found.get(typed, ()))
        if not named and not _elsewhere(typed):
            continue
        if not any(span.overlaps(start, end) for span in spans):
            spans.append(_Span(start, end, named))
    return spans


def _elsewhere(typed: str) -> bool:
    return name_key(typed) in ELSEWHERE and (typed.casefold() not in _ORDINARY or typed[:1].isupper())


def _written_large(
    names: Names, words: Sequence[str], breaks: set[int], spans: Sequence[_Span]
) -> list[tuple[int, int]]:
    """Runs of capitalised words that are not, as a whole, names that are known."""
    weighty = [word for word in words if word.casefold() not in _JOINING]
    if len(weighty) > 3 and all(word[:1].isupper() for word in weighty):
        return []  # a headline, or all in capitals: they tell nothing
    covered = {at for span in spans for at in range(span.start, span.end)}
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at, word in enumerate([*words, ""]):
        goes_on = word[:1].isupper() or (start is not None and word.casefold() in _JOINING) or at in covered
        apart = at not in covered and word.casefold() in _APART
        if start is not None and (not goes_on or apart or at - 1 in breaks):
            runs.append((start, at))
            start = None
        if start is None and goes_on and not apart and word.casefold() not in _JOINING:
            start = at
    return [
        (first, last)
        for first, last in (_stripped(names, words, *run) for run in runs)
        if first < last
        and not all(at in covered or _says_nothing(names, words[at]) for at in range(first, last))
        and any(words[at][:1].isupper() and not _says_nothing(names, words[at]) for at in range(first, last))
    ]


def _stripped(names: Names, words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Without what only opens the question, or joins."""
    while start < end and (words[start].casefold() in _JOINING or (start == 0 and names.idle(words[0].casefold()))):
        start += 1
    while start < end and words[end - 1].casefold() in _JOINING:
        end -= 1
    return start, end


def _says_nothing(names: Names, word: str) -> bool:
    plain = word.casefold()
    return names.idle(plain) or plain in _JOINING or plain in _NO_NAMES or not any(char.isalpha() for char in plain)


def _institutions(words: Sequence[str], spans: Sequence[_Span]) -> list[tuple[int, int]]:
    """A known name that is only a part of another body's: university of southampton, winchester borough council."""
    small = [word.casefold() for word in words]
    found = []
    for span in spans:
        if span.end - span.start > 3 or small[span.end - 1] == "council":
            continue
        start, end = span.start, span.end
        if start >= 2 and small[start - 1] == "of" and small[start - 2] in _INSTITUTIONS:
            start -= 2
        if small[end : end + 1] and small[end] in _INSTITUTIONS:
            end += 1
        elif small[end : end + 2] and small[end] in _TIERS and small[end + 1 : end + 2] == ["council"]:
            end += 2
        if (start, end) != (span.start, span.end):
            found.append((start, end))
    return found
