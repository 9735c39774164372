"""Where a passage names bodies, programmes and places, each resolved within its document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.documents.drafting.glossary import Glossary
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.persons import PERSON, is_job, likely_person, persons_in
from service.documents.drafting.proper import complete, runs_in
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

_THINGS = frozenset({Kind.PROGRAMME, Kind.SHARED_SERVICE, Kind.PLACE})
_TYPE = re.compile(r" (campaign|project|programme|scheme|pilot|initiative)\b")
_ARTICLE = re.compile(r"(?:\b[Tt]he|\b[Tt]his) $")
_AT = re.compile(r"\b(?:in|at|near|of|around|across|outside|towards) $")
_GROUP = re.compile(
    r"\b(?:(?:[Ee]ach|[Ee]very|[Aa]ll|[Bb]oth)(?: of)? )?(?:[Tt]he |[Aa]ll )?(?:(?:other |remaining )?(?:two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|\d{1,2}) )?(?:(?:constituent|member|partner|district|borough|city|county|town|"
    r"parish|unitary|statutory|local|and|"
    r"or|neighbouring|participating) )*(?:councils|authorities|districts|boroughs|constituents|partners|members|"
    r"forces|trusts|parishes|council|constituent|"
    r"partner|district|borough)\b(?: (?:in (?:the )?(?:county|area|[A-Z]\w+)|which now contribute))?"
)
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|[Aa]ll|[Ee]ach|[Ee]very|[Bb]oth)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage. `name` is None where the document leaves open whom it means."""

    start: int
    end: int
    surface: str
    name: str | None
    kinds: frozenset[Kind]

    @property
    def is_organisation(self) -> bool:
        return self.name is not None and bool(self.kinds & ORGANISATIONS)


def mentions_in(text: str, glossary: Glossary) -> list[Mention]:
    """The mentions in order; persons are none, and a place after `in` or `at` is not the council of that name."""
    people = list(persons_in(text))
    found = list[Mention]()
    for run in runs_in(text, glossary.knows):
        if any(a < run.end and run.start < b for a, b in people) or _is_person(run.text, glossary):
            continue
        if run.text.isupper() and " " in run.text and not glossary.knows(run.text):
            continue  # a heading in capitals at the beginning of a minute
        article = _ARTICLE.search(text[max(0, run.start - 9) : run.start])
        start = run.start - len(article.group()) if article else run.start
        found += _mention(text, start, run.start, run.end, run.text, bool(article), glossary)
    taken = [(m.start, m.end) for m in found]
    for group in _GROUP.finditer(text):
        if _COUNTED.search(group.group()) and not any(a < group.end() and group.start() < b for a, b in taken):
            name = group_name(group.group(), glossary)
            if not text[group.end() :].startswith(("’", "'", " of the public", " of the press")):
                found.append(Mention(*group.span(), group.group(), name, frozenset({Kind.GROUP})))
    return sorted(found, key=lambda m: m.start)


def _mention(
    text: str, start: int, at: int, end: int, surface: str, article: bool, glossary: Glossary
) -> list[Mention]:
    key = name_key(surface)
    words = surface.split()
    bare = len(words) == 1 and not article and not (surface.isupper() and len(surface) > 1)
    defined = key in glossary.short
    name = glossary.resolve(f"the {surface}" if article else surface)
    resolved = name is not None and name_key(name) != key
    unsaid = bare and not defined and not resolved and not re.search(r"[a-z][A-Z]", surface)
    if unsaid and (not telling(surface) or surface.lower() in {"council", "board", "committee", "trust"}):
        return []
    if (
        resolved
        and bare
        and not article
        and _AT.search(text[max(0, start - 12) : start])
        and Kind.AUTHORITY in kinds_of(name or "")
    ):
        return []
    if is_job(surface) and not complete(surface):
        return []
    typed = _TYPE.match(text, end)
    if typed and name is not None and not telling(name) and not defined and not resolved:
        name, end = f"{name} {typed[1]}", typed.end()
        return [Mention(start, end, text[start:end], name, frozenset({Kind.PROGRAMME}))]
    kinds = kinds_of(name or surface)
    if name is not None and not telling(name) and name_key(name) not in glossary.counts:
        once = glossary.repeated[key] < 4  # the glossary reads the document twice
        personal = PERSON.fullmatch(surface) and not surface.isupper() and once
        kinds = _THINGS if personal else kinds | _THINGS
    if name_key(name or "") in glossary.topics and not telling(name or ""):
        kinds = _THINGS
    return [Mention(start, end, text[start:end], name, kinds)]


def groups_in(text: str) -> set[str]:
    """The sets of bodies that a text counts: `the six district councils`, `all four partners`."""
    found = (
        re.sub(r"^(?:[Ee]ach of |[Bb]oth )", "", g.group()) for g in _GROUP.finditer(text) if _COUNTED.search(g.group())
    )
    return {name for name in found if name.endswith("s") and not name.lower().startswith(("each", "every"))}


def group_name(surface: str, glossary: Glossary) -> str | None:
    """The set that is meant: `each district` is each of the one set of districts that the document counts."""
    if not re.match(r"[Ee](?:ach|very) (?!of)", surface):
        return re.sub(r"^(?:[Ee]ach of |[Bb]oth )", "", surface)
    noun = surface.split()[-1]
    fits = {name for name in glossary.groups if re.search(rf"\b{noun}", name) and re.match(r"the (?!other)", name)}
    return next(iter(fits)) if len(fits) == 1 else None


def _is_person(surface: str, glossary: Glossary) -> bool:
    """Whether a name is, or ends, a person's: of a body's name the words tell what it is."""
    if complete(surface) or telling(surface) or glossary.knows(surface):
        return False
    return likely_person(surface) or any(
        surface == person or person.endswith(" " + surface) for person in glossary.persons
    )
