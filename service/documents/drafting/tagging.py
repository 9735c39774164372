"""A sentence with its names and sums marked, so that a rule is a pattern over `@0@ and @1@ pay #0# to @2@`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from service.documents.drafting.mentions import Mention
from service.documents.drafting.money import Sum, sums_in

_MARKS = str.maketrans("@#", "  ")
"""A document's own @ and # are no marks."""

NAME = r"@\d+@"
NAMES = (
    rf"(?:both |each of |either |all of )?{NAME}(?: itself)?(?:(?:, and |, | and | & |; | or |, with | as well as )"
    rf"(?:for |by |with |also |from |now )?{NAME}(?: itself)?|,? and,? since \d{{4}}, {NAME})*"
)
SUM = r"#\d+#"
_BRACKETED = re.compile(r"\s*\((?:[“\"‘][^()]*|[A-Z][A-Za-z]{1,7})\)")


@dataclass(frozen=True, slots=True)
class Tagged:
    """`text` is the sentence with marks; `back` gives for each of its characters the offset in the passage."""

    text: str
    back: tuple[int, ...]
    names: tuple[Mention, ...]
    sums: tuple[Sum, ...]

    def named(self, part: str | None) -> list[Mention]:
        """The mentions that a part of the tagged text holds."""
        return [self.names[int(number)] for number in re.findall(r"@(\d+)@", part or "")]

    def summed(self, part: str | None) -> list[Sum]:
        return [self.sums[int(number)] for number in re.findall(r"#(\d+)#", part or "")]

    def plain(self, part: str) -> str:
        """A part as it stands in the passage."""
        text = re.sub(r"@(\d+)@", lambda found: self.names[int(found[1])].surface, part)
        return re.sub(r"#(\d+)#", lambda found: _money(self.sums[int(found[1])]), text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The passage's offsets of `text[start:end]`."""
        stop = self.back[end] if end < len(self.back) else self.back[-1] + 1
        return self.back[start], stop


def _money(found: Sum) -> str:
    return f"{found.amount:g}"


def tagged(
    passage: str, start: int, end: int, mentions: list[Mention], stands_for: Callable[[str, bool], Mention | None]
) -> Tagged:
    """A sentence of a passage. `stands_for` says whom `It`, `We` or `the scheme` mean here, if it is known."""
    sentence = passage[start:end]
    names, sums = [m for m in mentions if start <= m.start and m.end <= end], list[Sum]()
    spans: list[tuple[int, int, str]] = []
    taken = [(m.start, m.end) for m in names]
    for found in _PRONOUN.finditer(sentence):
        a, b = start + found.start(), start + found.end()
        meant = (
            None
            if any(x < b and a < y for x, y in taken)
            else stands_for(found.group(), sentence[: found.start()].endswith(("given ", "gave ", "gives ")))
        )
        if meant:
            names.append(Mention(a, b, passage[a:b], meant.name, meant.kinds))
            taken.append((a, b))
    names.sort(key=lambda m: m.start)
    spans += [(m.start, m.end, f"@{number}@") for number, m in enumerate(names)]
    for money in sums_in(sentence):
        a, b = start + money.start, start + money.end
        if not any(x < b and a < y for x, y in taken):
            spans.append((a, b, f"#{len(sums)}#"))
            sums.append(Sum(money.amount, money.currency, a, b))
    text, back, at = "", list[int](), start
    for a, b, mark in sorted(spans):
        if a < at:
            continue  # a short name within the brackets that define it
        text += passage[at:a].translate(_MARKS)
        back += range(at, a)
        text += mark
        back += [a] * len(mark)
        at = b
        glossed = _BRACKETED.match(passage, at) if mark[0] == "@" else None
        at = min(glossed.end(), end) if glossed else at
    text += passage[at:end].translate(_MARKS)
    back += range(at, end)
    return Tagged(text, tuple(back), tuple(names), tuple(sums))


_PRONOUN = re.compile(
    r"\b(?:It|We|we|us|They|This (?:project|scheme|programme|service|body|partnership)|[Tt]his (?:project|scheme|"
    r"programme)|[Tt]he (?:scheme|project|programme|work|team|Team|"
    r"pilot|service|building|visits|Hub|body|latter)|(?<=given )it|(?<=gave )it|(?<=gives )it|(?<=runs )(?:it|this)|"
    r"(?<=leads )it|(?<=lead )it|(?<=run )it)\b(?! of\b)"
)


def excepted(text: str, at: int) -> bool:
    """Whether the names at `at` are those left out: `all but @0@`, `except @0@`, `not by @0@`."""
    return bool(
        re.search(
            r"\b(?:but|except|excluding|not|other than|apart from|rather than|without)(?: by| for| from)? $", text[:at]
        )
    )
