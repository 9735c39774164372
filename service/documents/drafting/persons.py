"""Persons, so that none of them is taken for a body: told by their titles and by where minutes write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.documents.drafting.wordlists import words

TITLES = (
    r"Cllrs?|Councillors?|Alderman|Mr|Mrs|Ms|Miss|Mx|Dr|Drs|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Sgt|Sergeant|"
    r"Insp|Inspector|Supt|"
    r"Superintendent|Ch Insp|ACC|DCC|PC|PCSO|Capt|Captain|Cdr|Commander|Col|Colonel|Lt|Major|Rev|Revd|Reverend|Canon|"
    r"Father|Sister|Bishop|"
    r"Cllr Mrs|Cllr Miss|Cllr Dr|Hon|Rt Hon|Judge|Ald"
)
_NAME = r"(?:(?:[A-Z]\.?\s?){1,3}\s?)?(?:[A-Z][\w’'-]+)(?:\s+(?:[A-Z]\.\s*)?(?:de |van |von |O[’'])?[A-Z][\w’'-]+){0,2}"
TITLED = re.compile(rf"\b(?:(?:{TITLES})\b\.?\s+)+(?:{_NAME})?")
_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?){1,3}\s?[A-Z][\w’'-]+")
PERSON = re.compile(rf"(?:(?:{TITLES})\b\.?\s+)*(?P<name>{_NAME})")
_JOBS = re.compile(
    r"\b(Director|Officer|Manager|Head of|Chief Executive|Leader|Clerk|Secretary|Treasurer|Engineer|Solicitor|Master|"
    r"Chairman|Chair|"
    r"Vice-Chair|Convenor|Co-ordinator|Coordinator|Administrator|Adviser|Advisor|minutes|Lead|Warden|Deputy|"
    r"Assistant|Trustee|Governor)\b"
)


def persons_in(text: str) -> Iterable[tuple[int, int]]:
    """Spans of titled names, and of surnames with initials."""
    for pattern in (TITLED, _INITIALS):
        for found in pattern.finditer(text):
            yield found.span()


def is_job(text: str) -> bool:
    """Whether the words name a post that somebody holds, and no body."""
    return bool(_JOBS.search(text))


_FIRST = words("first-names")


def likely_person(name: str) -> bool:
    """Two or three capitalised words that begin with a first name: `Peter Ackland`, `Mary Ann Lee`."""
    parts = name.split()
    return len(parts) in {2, 3} and parts[0].lower() in _FIRST and bool(PERSON.fullmatch(name))
