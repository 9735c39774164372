"""Drafts of relations from one tagged sentence, by the lexicon's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from service.documents.document import Passage
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.lexicon import PATTERNS, RULES, Rule
from service.documents.drafting.mentions import Mention
from service.documents.drafting.modality import modality_at, still_to_come
from service.documents.drafting.sentences import clause
from service.documents.drafting.tagging import Tagged, excepted
from service.documents.drafting.writing import Writer
from service.documents.reading.origin import MONTHS, date_in
from service.model.vocabulary import Kind, Modality

_SERVICE = frozenset({Kind.SHARED_SERVICE})
_PROGRAMME = frozenset({Kind.PROGRAMME})
_PLACE = frozenset({Kind.PLACE})


def draft_relations(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None, listed: bool) -> None:
    """Every relation that a rule reads in the sentence; of an entry of a list only parts and forerunners."""
    if "@" not in said.text:
        return
    for rule in RULES:
        if listed and rule.relation not in {"PART_OF", "PRECEDES"}:
            continue
        for found in PATTERNS[rule.name].finditer(said.text):
            if excepted(said.text, found.start()):
                continue
            _apply(writer, passage, said, rule, found, topic)


def _apply(
    writer: Writer, passage: Passage, said: Tagged, rule: Rule, found: re.Match[str], topic: Mention | None
) -> None:
    groups = found.groupdict()
    modality = _modality(writer, said, rule, found)
    subjects, others = said.named(groups.get("s")), [*said.named(groups.get("t")), *said.named(groups.get("u"))]
    objects = said.named(groups.get("o"))
    if groups.get("n"):
        objects = [Mention(0, 0, groups["n"], groups["n"], _SERVICE)]
    if rule.subject and writer.setting.home:
        subjects = [Mention(0, 0, writer.setting.home, writer.setting.home, kinds_of(writer.setting.home))]
    if rule.object == "it" and not objects:
        objects = [m for m in said.names if m.name and m not in subjects][:1] or ([topic] if topic else [])
    if rule.backwards:
        subjects, objects = objects, others
        others = []
    if not objects:
        objects = list(_implied(writer, passage, rule, said))
    for target in objects[:1]:
        if target.name is None:
            continue
        if re.search(r"@, (?:the|an?) [\w ]*\bservice\b", found.group()):
            target = replace(target, kinds=_SERVICE)
        name = target.name or ""
        for subject in (*subjects, *others):
            if rule.role == "supporter" and not _told(writer, name):
                continue  # a person may be supported too
            relation, role, kinds = _settled(rule, subject, target, subject in others, len(subjects))
            if relation:
                writer.write(
                    rule.name,
                    passage,
                    said.span(0, len(said.text)),
                    subject.name,
                    relation,
                    target.name,
                    role=role,
                    modality=modality,
                    subject_kinds=subject.kinds,
                    object_kinds=kinds,
                )
                if relation == "BASED_AT":
                    _within(writer, passage, said, target, modality)


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PART = re.compile(r", (?:which|when|and|but|though|who|where) ")
_IN_TOWN = re.compile(r"(?:,| in| at| on) (?:the )?([A-Z][\w’']+(?: [A-Z][\w’']+)*)")


def _within(writer: Writer, passage: Passage, said: Tagged, place: Mention, modality: Modality | None) -> None:
    """`Quay House, Culverhay`, `the Old Light on St Brannock's Pier`: what the place is in."""
    found = _IN_TOWN.match(passage.text, place.end) if place.end else None
    if found and Kind.PLACE in place.kinds and found[1].split()[0].lower().rstrip("s") not in {*MONTHS, *_DAYS}:
        writer.write(
            "prose-place-in",
            passage,
            said.span(0, len(said.text)),
            place.name,
            "LOCATED_IN",
            found[1],
            modality=modality,
            subject_kinds=_PLACE,
            object_kinds=_PLACE,
        )


def _told(writer: Writer, name: str) -> bool:
    return telling(name) or writer.glossary.knows(name)


def _settled(
    rule: Rule, subject: Mention, target: Mention, other: bool, count: int
) -> tuple[str | None, str | None, frozenset[Kind]]:
    """The relation as the object's kind has it: to run a service is to provide it, to run a programme is to lead it."""
    kinds = frozenset({rule.kind}) if rule.kind else target.kinds
    relation: str | None = rule.relation
    role = rule.role
    if relation == "TAKES_PART_IN" and not kinds & _PROGRAMME:
        relation, role = ("PROVIDES", None) if kinds & _SERVICE and role == "lead" else (None, None)
    elif relation == "PROVIDES" and not kinds & _SERVICE and kinds & _PROGRAMME:
        relation, role = "TAKES_PART_IN", "lead"
    elif relation == "HOLDS" and Kind.EVENT not in kinds:
        relation = None
    elif relation == "MEMBER_OF" and not kinds & {Kind.PARTNERSHIP, Kind.GROUP} and kinds & _PROGRAMME:
        relation, role = "TAKES_PART_IN", "partner"
    if relation == "TAKES_PART_IN" and role == "lead" and count > 1:
        role = "joint lead"
    if other and relation == "TAKES_PART_IN":
        role = "partner"
    if other and relation == "PROVIDES":
        relation = "USES"
    if other and relation == "HOLDS":
        relation = "ATTENDS"
    return relation, role, kinds


def _implied(writer: Writer, passage: Passage, rule: Rule, said: Tagged) -> Iterator[Mention]:
    """The object that the sentence leaves out: the partnership that the passage spoke of, else the document's own
    body."""
    home = writer.setting.home
    if rule.object == "before":
        before = [m for m in writer.mentions(passage.text[: said.back[0]]) if m.name and m.kinds & {Kind.PARTNERSHIP}]
        if before:
            yield before[-1]
    if rule.object in {"home", "before"} and home:
        yield Mention(0, 0, home, home, kinds_of(home))


def _modality(writer: Writer, said: Tagged, rule: Rule, found: re.Match[str]) -> Modality | None:
    """What the words of the match say; `until May 2025`, still to come when the document was written, ends nothing."""
    start, end = clause(said.text, found.start())
    start, end = min(start, found.start()), max(end, found.end())
    before, own = said.plain(said.text[start : found.start()]), said.plain(found.group())
    own = own.replace("agreed to work with", "works with")  # who agrees to work on it takes part in it
    words = before + own + said.plain(said.text[found.end() : end])
    today = writer.setting.date
    for until in re.finditer(r"\buntil (?:\d{1,2} )?\w* ?20\d\d\b", words):
        day = date_in(until.group()) or until.group()[-4:]
        if today and day > today:
            words = words.replace(until.group(), "x" * len(until.group()))
    ended = rule.relation not in {"PRECEDES", "PART_OF"}
    said_so = modality_at(words, len(before), len(before) + len(own), ended=ended)
    if said_so is Modality.ACTUAL and rule.name == "prose-led-by" and re.search(r"\b(?:was|were|had been)\b", own):
        reported = re.search(r"\b(?:reported|said|noted|told|heard|explained|reminded|that|now)\b", before + own)
        said_so = said_so if reported else Modality.ENDED
    if said_so is Modality.ACTUAL and still_to_come(own + _PART.split(words[len(before) + len(own) :])[0], today):
        said_so = Modality.PLANNED
    return rule.modality if rule.modality and said_so is not None else said_so
