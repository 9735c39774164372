"""Who was there, who sent apologies, who belongs: headings, lead-ins and labels that open a list, and what one
entry says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from service.documents.drafting.glossary import Glossary
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.mentions import mentions_in
from service.documents.drafting.persons import PERSON, TITLED, is_job, likely_person
from service.model.vocabulary import ORGANISATIONS, Kind


class Standing(StrEnum):
    """What a list, or an entry's own words, say of those named."""

    PRESENT = "present"
    ATTENDING = "in attendance"
    APOLOGIES = "apologies"
    MEMBER = "member"
    SIGNATORY = "signatory"
    NOT = "not"
    """Whoever is named is no member, or has not signed, or the seat is empty."""


_LABELS: tuple[tuple[Standing, str], ...] = (
    (
        Standing.NOT,
        r"\b(not (?:yet )?(?:signed|members?|present|here|there)|(?:who has|have|has) not\b|absent|vacan\w+|"
        r"declarations?|interests?|former)\b",
    ),
    (Standing.APOLOGIES, r"\b(apolog\w+|not able to attend|unable to attend|sent regrets)\b"),
    (
        Standing.ATTENDING,
        r"\b(in attendance|also (?:there|present|in|attending|here)|observers?|officers present|guests?|by "
        r"invitation|invited|visitors?)\b",
    ),
    (Standing.SIGNATORY, r"\b(signator\w+|signed|signing)\b"),
    (
        Standing.PRESENT,
        r"^\W*(?:those |members |voting members |councillors |partners |board members |committee members "
        r")?(?:present|attended|attendance|attendees|here|there)\b|\bmembers present\b|\bpresent\W*$",
    ),
    (
        Standing.MEMBER,
        r"\b(members?(?:hip)?|who (?:we are|sits|is on|belongs)|partners?|constituents?|co-opted|seats?|relevant "
        r"agencies|founder|voting)\b",
    ),
)
_ENTRY: tuple[tuple[Standing, str], ...] = (
    (Standing.NOT, r"\b(vacant|vacancy|withdrew|resigned|seat (?:vacant|empty)|left)\b"),
    (Standing.APOLOGIES, r"\b(apolog\w+|absent with|sent apologies)\b"),
    (
        Standing.ATTENDING,
        r"\b(observers?|observing|in attendance|items? \d+[\w ]* only|guest|by invitation|speaker|presenter|"
        r"minutes)\b|\bminute[- ]taker\b",
    ),
)
_CHAIR = re.compile(
    r"(?<![Vv]ice[- ])(?<![Dd]eputy )\b(?:[Cc]hair(?:man|woman|person)?|in the [Cc]hair)\b(?!(?:man|woman|person)?'s)"
)
_PARTIES = re.compile(
    r"^(?:conservative|con|labour|lab|labour and co-operative|liberal democrats?|lib dem|ld|green|green party|"
    r"independent|ind|reform|ukip|plaid cymru|snp|"
    r"residents?|ward .*|.* ward|holiday|unwell|ill(?:ness)?|accepted|work|family|illness|personal|part|online|"
    r"virtual\w*|remote\w*|teams|via .*|by .*|for .*|"
    r"substitut\w+ .*|deputy|vice-?chair\w*|chair\w*|elected .*|until .*|from .*|arrived .*|left .*|left at .*|"
    r"items? .*|clerk|minutes|non-?voting|no vote|co-?opted|"
    r"voting|observer|acting|interim|pharmacist|retired|lead .*|in the chair|.*only)$",
    re.IGNORECASE,
)


_SMALL = {"of", "and", "for", "the", "in", "&", "plc", "on", "with", "to"}


def label_of(text: str) -> Standing | None:
    """The standing of a list that this heading, lead-in or label opens; None where it opens none."""
    if len(text) > 160:
        return None
    lower = text.lower()
    return next((standing for standing, pattern in _LABELS if re.search(pattern, lower)), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of such a list: the bodies it names, and what its own words add."""

    bodies: tuple[str, ...]
    standing: Standing | None
    chair: bool
    councillor: bool


def read_entry(text: str, glossary: Glossary, *, body: bool = False) -> Entry:
    """`Cllr Ruth Pellow (Marlshire County Council) – Chair`, `Homes England: Jo Farr, as observer`.

    `body` where a person cannot stand: in a column of organisations.
    """
    lower = text.lower()
    standing = next((s for s, pattern in _ENTRY if re.search(pattern, lower)), None)
    if re.search(r"\bof the (?:public|press)\b", lower):
        return Entry((), standing, False, False)
    bodies = _bodies(text, glossary, body)
    councillor = bool(re.match(r"\s*(?:Cllrs?|Councillors?)\b", text))
    return Entry(tuple(dict.fromkeys(bodies)), standing, bool(_CHAIR.search(text)), councillor)


def _bodies(text: str, glossary: Glossary, body: bool) -> list[str]:
    main = re.split(
        r"[,;]?\s+(?:formerly|previously|in place of|on behalf of|substituting for|deputising for|representing "
        r"(?=Cllr|Mr|Mrs|Ms|Dr)|which|who)\b",
        text,
    )[0]
    inside = [part for part in re.findall(r"\(([^()]+)\)", main) if not re.match(r"\s*[“\"‘]", part)]
    for part in inside:
        found = [name for piece in re.split(r"[,;]\s+", part) for name in _one(piece, glossary)]
        if found:
            return found
    outside = re.sub(r"\([^()]*\)", " ", main)
    colon = re.match(r"\s*([^:]{3,90}):\s+(.+)", outside)
    if colon:
        return _one(colon[1], glossary) or _named(outside, glossary)
    dashed = re.split(r"\s+[–—-]\s+", outside)
    pieces = [piece for part in dashed for piece in re.split(r",\s+", part)]
    if len(pieces) > 1:
        found = [
            name
            for piece in pieces
            for name in (_named(piece, glossary) if is_job(piece) else _one(piece, glossary, list_of_parts=True))
        ]
        return found[:1] if found else _named(outside, glossary)
    return _one(outside, glossary, whole=True, body=body)


def _one(
    piece: str, glossary: Glossary, *, whole: bool = False, list_of_parts: bool = False, body: bool = False
) -> list[str]:
    """The body that a piece of an entry is, though its words may not tell its kind: `(SeaRail)`, `Civitel`."""
    piece = piece.strip().rstrip(".;,").removesuffix(" and").strip()
    if not piece or _PARTIES.match(piece) or TITLED.match(piece):
        return _named(piece, glossary) if TITLED.match(piece) else []
    named = _named(piece, glossary)
    if named:
        return named
    bare = re.sub(r"^(?:the|The) ", "", piece)
    if is_job(piece) or not (bare[:1].isupper() or bare[:1].isdigit()):
        group = re.match(
            r"(?:the |all )?(?:\w+ )?(?:district|borough|city|county|town|parish|constituent|"
            r"member)[\w ]*(?:councils|authorities|partners)$",
            piece,
        )
        return [piece] if group else []
    if likely_person(bare) and (Kind.PLACE in kinds_of(bare) or not telling(bare)):
        return []  # Grace Hall is here; the hall of that name is not
    resolved = glossary.resolve(piece)
    if not glossary.knows(bare) and not telling(bare) and not _may_be_body(bare, list_of_parts, whole and not body):
        return []
    if len(bare.split()) > 9 or re.search(r"[.;:]", bare):
        return []
    return [resolved] if resolved and kinds_of(resolved) & ORGANISATIONS else []


def _may_be_body(name: str, part: bool, alone: bool) -> bool:
    """Whether a name that nothing else tells of may be a body's: written as a name is, and not as a person's.

    `part` of an entry it may be only with three words or more; `alone` in a list that may name persons it may be no
    two or three plain words.
    """
    parts = name.split()
    if likely_person(name) or not all(w[0].isupper() or w[0].isdigit() or w in _SMALL for w in parts):
        return False
    if part:
        return len(parts) > 2
    return not (alone and PERSON.fullmatch(name) and 1 < len(parts) < 4)


def _named(text: str, glossary: Glossary) -> list[str]:
    return [
        m.name
        for m in mentions_in(text, glossary)
        if m.name
        and m.is_organisation
        and not likely_person(m.name)
        and (telling(m.name) or glossary.knows(m.name))
        and m.kinds != frozenset({Kind.PLACE})
    ]
