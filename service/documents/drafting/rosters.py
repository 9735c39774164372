"""Drafts from lists of members, attendance, apologies and signatories. A person stands for the body; the body is
drafted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.documents.document import Passage, PassageKind
from service.documents.drafting.attendance import Entry, Standing, label_of, read_entry
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.persons import PERSON, TITLED, likely_person
from service.documents.drafting.sentences import sentences
from service.documents.drafting.writing import Writer
from service.model.name_keys import name_key
from service.model.vocabulary import Basis, Kind, Modality

_INLINE = re.compile(
    r"^(?P<label>(?:[\w ]{0,30}\b)?(?:[Pp]resent|[Ii]n [Aa]ttendance|[Aa]lso (?:present|there|attending)|"
    r"[Aa]pologies(?: for absence)?|[Oo]bservers|"
    r"[Mm]embers|[Ss]ignatories|[Pp]artners|[Ii]nvited|[Hh]ere|[Aa]ttending|PRESENT|IN ATTENDANCE|"
    r"APOLOGIES)[\w ()]{0,20})(?::|\s+[–-])\s+(?P<list>\S.*)$"
)
_APOLOGIES = re.compile(
    r"\b[Aa]pologies (?:for absence )?(?:were|had been|have been|was) (?:received|given|noted|accepted|sent)(?: and "
    r"accepted)?(?: from| by| on behalf of)?:?\s+"
)
_SEPARATE = re.compile(r"\s*;\s*|\.\s+(?=[A-Z])")


def draft_rosters(writer: Writer) -> set[int]:
    """Write the drafts; gives the numbers of the passages that were read as a list, which prose rules leave alone."""
    used, open_list, lead = set[int](), None, None
    passages = writer.document.passages
    for number, passage in enumerate(passages):
        text = passage.text
        if passage.kind is PassageKind.ROW:
            open_list = None
            continue
        if passage.kind is PassageKind.HEADING:
            open_list, lead = label_of(text), text
            continue
        inline = _INLINE.match(text)
        if passage.kind is PassageKind.PARAGRAPH or (inline and passage.kind is PassageKind.ITEM):
            following = passages[number + 1].kind if number + 1 < len(passages) else None
            if inline:
                standing = label_of(inline["label"])
                if standing:
                    used.add(number)
                    for piece, span in _pieces(inline["list"], inline.start("list")):
                        _write(writer, passage, span, read_entry(piece, writer.glossary), standing, text)
                    open_list = standing if following is PassageKind.ITEM else None
                    lead = text
                continue
            if (
                open_list not in {None, Standing.NOT}
                and _enumerates(text)
                and passages[number - 1].kind is PassageKind.HEADING
            ):
                used.add(number)
                for piece, span in _pieces(text, 0):
                    _write(writer, passage, span, read_entry(piece, writer.glossary), open_list, lead or "")
                continue
            if _APOLOGIES.search(text):
                _apologies(writer, passage)
                used.add(number)
                open_list = None
            elif following is PassageKind.ITEM and (
                text.rstrip().endswith((":", "–", "-", "are", "include")) or len(text) < 60
            ):
                last = text[list(sentences(text))[-1][0] :]
                open_list, lead = label_of(last) or label_of(lead or ""), last
            elif following is PassageKind.PARAGRAPH or len(text) > 200:
                open_list = None
        elif passage.kind is PassageKind.ITEM and (len(text) > 200 or len(list(sentences(text))) > 2):
            open_list = None  # entries are names: what speaks in sentences is no list of them
        elif passage.kind is PassageKind.ITEM and open_list:
            used.add(number)
            if open_list is not Standing.NOT:
                entry = read_entry(text, writer.glossary, body=_of_bodies(passages, number))
                _write(writer, passage, (0, len(text)), entry, open_list, lead or "")
    return used


def _of_bodies(passages: Sequence[Passage], number: int) -> bool:
    """Whether the list around an entry names bodies: half of its entries tell so, and none is a person's."""
    first = last = number
    while first and passages[first - 1].kind is PassageKind.ITEM:
        first -= 1
    while last + 1 < len(passages) and passages[last + 1].kind is PassageKind.ITEM:
        last += 1
    entries = [re.split(r"[,(]| [–—-] ", passage.text)[0].strip() for passage in passages[first : last + 1]]
    if any(TITLED.match(entry) or likely_person(entry) for entry in entries):
        return False
    return sum(telling(entry) for entry in entries) * 2 >= len(entries)


def _enumerates(text: str) -> bool:
    """Whether a paragraph is a list of persons and bodies on one line, and no sentence."""
    pieces = [piece for piece, _ in _pieces(text, 0)]
    return (
        len(pieces) > 1
        and all(len(piece) < 140 for piece in pieces)
        and not re.search(r"\b(?:was|were|is|are|has|had)\b", text)
    )


def _pieces(text: str, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The entries of a list written on one line, with where each stands."""
    cut = ";" if ";" in text else None
    if cut:
        start = 0
        for found in [*re.finditer(r";\s*", text), None]:
            end = found.start() if found else len(text)
            yield text[start:end], (at + start, at + end)
            start = found.end() if found else end
        return
    start, depth = 0, 0
    marks = list(re.finditer(r",\s+(?:and\s+)?|\s+and\s+|\(|\)", text))
    for found in marks:
        if found.group() == "(":
            depth += 1
        elif found.group() == ")":
            depth -= 1
        elif depth == 0 and text[start : found.start()].rstrip().endswith(")"):
            yield text[start : found.start()], (at + start, at + found.start())
            start = found.end()
    yield text[start:], (at + start, at + len(text))


def _apologies(writer: Writer, passage: Passage) -> None:
    for start, end in sentences(passage.text):
        found = _APOLOGIES.search(passage.text[start:end])
        if found:
            for piece, _ in _pieces(passage.text[start + found.end() : end], start + found.end()):
                entry = read_entry(piece, writer.glossary)
                _write(writer, passage, (start, end), entry, Standing.APOLOGIES, "apologies")


def _write(writer: Writer, passage: Passage, span: tuple[int, int], entry: Entry, listed: Standing, lead: str) -> None:
    person = PERSON.match(passage.text[slice(*span)])
    if person and name_key(person["name"]) not in {name_key(body) for body in entry.bodies}:
        writer.glossary.persons.add(person["name"])
    standing = entry.standing if entry.standing and listed is not Standing.SIGNATORY else listed
    if listed is Standing.APOLOGIES and standing is Standing.ATTENDING:
        return
    stand(writer, passage, span, entry, standing, "list", _target(writer, lead, listed))


def stand(
    writer: Writer,
    passage: Passage,
    span: tuple[int, int],
    entry: Entry,
    standing: Standing,
    rule: str,
    target: str | None = None,
) -> None:
    """What the standing of an entry makes: membership, attendance, both, or nothing."""
    setting, home = writer.setting, target or writer.setting.home
    for body in entry.bodies:
        if body == setting.home or (
            setting.is_council
            and entry.councillor
            and kinds_of(body) == {Kind.AUTHORITY}
            and standing is Standing.PRESENT
            and body == home
        ):
            continue
        role = "chair" if entry.chair and standing is Standing.PRESENT else None
        if standing in {Standing.PRESENT, Standing.MEMBER} and not setting.is_council:
            writer.write(
                f"{rule}-member", passage, span, body, "MEMBER_OF", home, role="chair" if entry.chair else role
            )
        if standing is Standing.APOLOGIES and not setting.is_council:
            writer.write(f"{rule}-apologies", passage, span, body, "MEMBER_OF", home, basis=Basis.IMPLIED)
        if standing in {Standing.PRESENT, Standing.ATTENDING}:
            writer.write(
                f"{rule}-attends", passage, span, body, "ATTENDS", setting.event, object_kinds=frozenset({Kind.EVENT})
            )
        if standing is Standing.SIGNATORY:
            _signed(writer, passage, span, body, rule)


def _signed(writer: Writer, passage: Passage, span: tuple[int, int], body: str, rule: str) -> None:
    setting = writer.setting
    text = passage.text[slice(*span)]
    lead = "lead" if re.search(r"\bwhich leads\b|\blead (?:body|partner|signatory)\b", text) else None
    if setting.programme:
        writer.write(
            f"{rule}-signatory",
            passage,
            span,
            body,
            "TAKES_PART_IN",
            setting.programme,
            role=lead,
            object_kinds=frozenset({Kind.PROGRAMME}),
        )
    else:
        writer.write(f"{rule}-member", passage, span, body, "MEMBER_OF", setting.home, modality=Modality.ACTUAL)


_OF = re.compile(
    r"\b(?:[Mm]embers|[Mm]embership|[Cc]omposition|[Pp]artners) of (?:the )?(?=[A-Z])|\bsits? on (?:the )?(?=[A-Z])"
)


def _target(writer: Writer, lead: str, listed: Standing) -> str | None:
    """The body that the list is of, where its lead-in names one."""
    found = _OF.search(lead)
    if found and listed in {Standing.MEMBER, Standing.PRESENT}:
        for name in writer.organisations(lead[found.end() - 4 :]):
            if kinds_of(name) & {Kind.PARTNERSHIP, Kind.GROUP}:
                return name
    return None
