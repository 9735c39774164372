"""Drafts of meetings: the one that minutes are of, where it was held, and when the next one is."""

from __future__ import annotations

import re

from service.documents.document import Passage, PassageKind
from service.documents.drafting.kinds import kinds_of
from service.documents.drafting.sentences import sentences
from service.documents.drafting.writing import Writer
from service.documents.reading.origin import DATE
from service.model.vocabulary import Basis, Kind, Modality

_EVENT = frozenset({Kind.EVENT})
_PLACE = frozenset({Kind.PLACE})
_NEXT = re.compile(
    r"\b(?:The |the )?(?P<who>[A-Z]\w+(?: [A-Z]\w+)*) will (?:next meet|meet next|meet again|next meet again) on "
    r"(?:\w+ )?"
)
_HELD_ON = re.compile(
    r"\b[Mm]eeting\b.*?\bheld on [^.;]*?\b\d{4},?(?: commencing)?(?: at \d[\d.:]* ?[ap]\.?m\.?,?)? (?:at|in) (?:the "
    r")?(?P<where>[A-Z][^;.]*?)(?: at \d.*)?$"
)
_HELD = re.compile(r"\b[Mm]eeting\b.*?\bheld (?:at|in) (?:the )?(?P<where>[A-Z][^;.]*?),? on (?:\w+,? )?(?=\d)")


def draft_gatherings(writer: Writer) -> None:
    """Read from the head of minutes and from their last lines; nothing where the document is no minutes."""
    home, event = writer.setting.home, writer.setting.event
    for number, passage in enumerate(writer.document.passages):
        if passage.kind is PassageKind.ROW:
            continue
        held = (_HELD.search(passage.text) or _HELD_ON.search(passage.text)) if number < 6 and event else None
        if held:
            span = 0, len(passage.text)
            basis = Basis.STATED if home and event and event.startswith(home) else Basis.IMPLIED
            writer.write("minutes-meeting", passage, span, home, "HOLDS", event, basis=basis, object_kinds=_EVENT)
            where = ", ".join(
                part for part in held["where"].split(", ") if not re.search(r"\b(?:Room|Chamber|Suite)\b", part)
            )
            writer.write(
                "minutes-place", passage, span, event, "LOCATED_IN", where, subject_kinds=_EVENT, object_kinds=_PLACE
            )
        _next(writer, passage)


def _next(writer: Writer, passage: Passage) -> None:
    for start, end in sentences(passage.text):
        found = _NEXT.search(passage.text, start, end)
        day = DATE.match(passage.text, found.end()) if found else None
        if not found or not day or not day[1]:
            continue
        who = writer.glossary.resolve(f"the {found['who']}") or found["who"]
        event = f"{who} meeting, {day.group()}"
        kinds = kinds_of(who)
        writer.write(
            "minutes-next-meeting",
            passage,
            (start, end),
            who,
            "HOLDS",
            event,
            modality=Modality.PLANNED,
            subject_kinds=kinds,
            object_kinds=_EVENT,
        )
