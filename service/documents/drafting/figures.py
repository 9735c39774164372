"""Drafts of what a programme reports: people reached, jobs found."""

from __future__ import annotations

import re

from service.documents.document import Passage
from service.documents.drafting.mentions import Mention
from service.documents.drafting.modality import modality_at
from service.documents.drafting.sentences import clause
from service.documents.drafting.tagging import Tagged
from service.documents.drafting.writing import Writer
from service.model.vocabulary import ORGANISATIONS, Kind, Modality

_OUTCOME = frozenset({Kind.OUTCOME})
_COUNTED = (
    r"people|learners|jobs|apprentices|apprenticeships|patients|visits|families|children|young people|households|"
    r"passengers|volunteers|"
    r"residents|pupils|students|men|women|calls|referrals|meals|homes|wardens|businesses|trees|tonnes|journeys|"
    r"carers|adults|visitors|parcels|places"
)
_FIGURE = re.compile(
    rf"(?P<verb>\b(?:help(?:s|ed)|reach(?:es|ed)|carried|carries|found work for|brought|worked with|support(?:s|ed)|"
    rf"had|has had|trained|taught|served|saw|"
    rf"has seen|received|delivered|created|built|recruited|has|put|rehoused|answered|planted|visited|drew|attracted|"
    rf"to put|means to have|to reach)\b)"
    rf"(?P<mid>[^@#.;,]{{0,25}}?)(?P<number>\b\d{{1,3}}(?:,\d{{3}})+|\b\d{{2,6}})(?P<noun> (?:\w+ "
    rf"){{0,2}}?(?:{_COUNTED})\b)"
)


def draft_figures(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None) -> None:
    """What the sentence's subject reached; the subject is the name before the figure, else the section's."""
    for found in _FIGURE.finditer(said.text):
        before = [m for m in said.named(said.text[: found.start()]) if m.name]
        subject = before[-1] if before and len(before) == 1 else before[0] if before else topic
        if subject is None or not subject.name or not subject.kinds & (ORGANISATIONS | {Kind.PROGRAMME, Kind.PLACE}):
            continue
        number = float(found["number"].replace(",", ""))
        what = f"{found['number']}{found['noun']}"
        writer.write(
            "prose-figure",
            passage,
            said.span(0, len(said.text)),
            subject.name,
            "REPORTS",
            what,
            amount=number,
            currency=None,
            modality=_modality(said, found),
            subject_kinds=subject.kinds,
            object_kinds=_OUTCOME,
        )


def _modality(said: Tagged, found: re.Match[str]) -> Modality | None:
    start, end = clause(said.text, found.start())
    start, end = min(start, found.start()), max(end, found.end())
    words = said.plain(said.text[start : found.start()])
    own = said.plain(found.group())
    modality = modality_at(
        words + own + said.plain(said.text[found.end() : end]), len(words), len(words) + len(own), ended=False
    )
    return (
        Modality.PLANNED
        if modality is Modality.ACTUAL
        and re.search(r"\bto (?:put|reach)\b", found["verb"] if "verb" in found.groupdict() else "")
        else modality
    )
