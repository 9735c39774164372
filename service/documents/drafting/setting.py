"""What a document is: whose it is, of which meeting, on what day, and what it is about as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.documents.document import Document, PassageKind
from service.documents.drafting.glossary import HOME, Glossary, cased
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.proper import complete, runs_in
from service.documents.reading.origin import DATE
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

_MEETING = re.compile(r"\bminutes\b|\bmeeting\b|\brecord of (?:the )?attendance\b|\baction notes\b", re.IGNORECASE)
_OF_BODY = re.compile(r"\b(?:meeting|[Mm]inutes) of (?:the )?(?=[A-Z])")
_REPORT_OF = re.compile(
    r"\b(?:[Rr]eport|[Rr]eview|[Pp]lan|[Ss]tatement|[Ss]trategy|[Mm]inutes|[Ss]ummary) of (?:the )?(?=[A-Z])"
)
_KIND = re.compile(
    r"\b((?:\d+(?:st|nd|rd|th) )?(?:(?:Annual|Ordinary|Extraordinary|Special|Quarterly|quarterly|annual|special|"
    r"General|inaugural) )+[Mm]eeting|"
    r"(?:\d+(?:st|nd|rd|th) ){1}(?:\w+ )?[Mm]eeting)\b"
)
_BY = re.compile(
    r"\b(?:Prepared|Issued|Published|Produced|Report|Statement|statement) (?:by|of) (?:the )?(?:[A-Z][\w ]+, "
    r"(?=[A-Z]))?"
)
_LEADER = re.compile(r"\bLeader of (?:the )?(?=[A-Z])")
_FIRST = 14


@dataclass(frozen=True, slots=True)
class Setting:
    home: str | None
    """The body that speaks or meets; None where the document does not say."""

    event: str | None
    """The meeting that it is the minutes of: `<body> meeting, <date>`, or as it names the meeting itself."""

    date: str | None
    programme: str | None
    """The programme, agreement or charter that the document as a whole is about."""

    is_council: bool


def setting_of(document: Document, glossary: Glossary) -> Setting:
    """Read from the first passages, the running heads, and what the document calls itself."""
    first = [cased(p.text) if p.text.isupper() and len(p.text) > 8 else p.text for p in document.passages[:_FIRST]]
    titles = [
        text
        for text, p in zip(first, document.passages, strict=False)
        if p.kind is PassageKind.HEADING and p.level in {0, 1}
    ]
    home = glossary.home or _home(document, glossary, titles, first)
    glossary.home = home
    glossary.short = {short: home if name == HOME else name for short, name in glossary.short.items()}
    programme = _programme(glossary, titles[:1])
    day = next((found.group() for text in first for found in [DATE.search(text)] if found and found[1]), None)
    if programme:
        glossary.full.setdefault(name_key(programme), programme)
        agreement = re.search(
            r"\b(concordat|charter|compact|accord|covenant|pledge|deal|agreement|declaration)\b", programme.lower()
        )
        if agreement:
            glossary.short.setdefault(agreement[1], programme)
    event = _event(document, first, home, day)
    return Setting(home, event, document.date, programme, bool(home and kinds_of(home) == {Kind.AUTHORITY}))


def _home(document: Document, glossary: Glossary, titles: list[str], first: list[str]) -> str | None:
    meeting = any(_MEETING.search(text) for text in first[:6])
    for text in titles:
        named = _bodies(text, glossary)
        if named and (meeting or text.startswith(named[0])):
            return named[0]
        of = _REPORT_OF.search(text)
        if named and of and text[of.end() :].startswith(named[0]):
            return named[0]
    for text in first:
        for pattern in (_BY, _LEADER):
            found = pattern.search(text)
            named = _bodies(text[found.end() :], glossary) if found else []
            if named:
                return named[0]
    for text in document.running:
        named = _bodies(text, glossary)
        if named and len(named) == 1:
            return named[0]
    for text, passage in zip(first[:6], document.passages, strict=False):
        if passage.kind is PassageKind.PARAGRAPH and re.match(
            r"[A-Z][\w ]+(?:Council|Authority|Board|Partnership|Committee)\b", text
        ):
            named = _bodies(text, glossary)
            if named:
                return named[0]
    return None


def _bodies(text: str, glossary: Glossary) -> list[str]:
    found = [
        glossary.resolve(run.text) or run.text
        for run in runs_in(text, glossary.knows)
        if (complete(run.text) or glossary.knows(run.text)) and kinds_of(run.text) & ORGANISATIONS and telling(run.text)
    ]
    return [name for name in found if not kinds_of(name) <= {Kind.PROGRAMME, Kind.PLACE, Kind.EVENT}]


def _programme(glossary: Glossary, titles: list[str]) -> str | None:
    for text in titles:
        for run in runs_in(re.sub(r"^The ", "", text), lambda name: " and " not in name):
            kinds = kinds_of(run.text)
            agreement = re.search(
                r"\b(Concordat|Charter|Compact|Accord|Covenant|Pledge|Deal|Agreement|Declaration|deal|Strategy|"
                r"Programme)\b",
                run.text,
            )
            if agreement and (Kind.AUTHORITY not in kinds or not telling(run.text)):
                return run.text
        found = re.match(
            r"((?:[A-Z][\w’']+ )+(?:devolution deal|growth deal|city deal|concordat|compact|charter|agreement))\b", text
        )
        if found:
            return found[1]
    return None


def _event(document: Document, first: list[str], home: str | None, day: str | None) -> str | None:
    if day is None:
        return None
    for text in first:
        found = _OF_BODY.search(text)
        if found and _MEETING.search(text):
            body = next(runs_in(text[found.end() :], lambda name: True), None)
            if (
                body
                and body.start == 0
                and body.text != home
                and len(body.text.split()) > 1
                and kinds_of(body.text) & {Kind.PARTNERSHIP}
            ):
                return f"meeting of the {body.text}, {_plain(day)}"
        kind = _KIND.search(text)
        if kind and re.search(r"\bminutes\b", text, re.IGNORECASE):
            return f"{kind[1].lower()}, {_plain(day)}"
    if home and any(_MEETING.search(text) for text in first):
        return f"{home} meeting, {_plain(day)}"
    return None


def _plain(day: str) -> str:
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", day)
