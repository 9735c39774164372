"""The names of one document: bodies in full, and the short names that it gives them ("the Trust"). Nothing of it
holds elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from service.documents.document import Document, PassageKind
from service.documents.drafting.headings import heading_name
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.persons import TITLED, is_job, persons_in
from service.documents.drafting.proper import Run, complete, runs_in
from service.documents.drafting.wordlists import words
from service.model.name_keys import name_key
from service.model.vocabulary import Kind

_QUOTED = r"[“\"‘]([^”\"’]{1,60})[”\"’]"
_DEFINED = re.compile(
    rf"\s*\((?:(?:the|known as|hereafter|referred to as|also|or)\s+)*{_QUOTED}(?:,? (?:or|"
    rf"and) {_QUOTED})?[^()]{{0,40}}\)"
)
_ACRONYM = re.compile(r"\s*\(((?:[A-Z][A-Za-z]{0,3}){2,5}|[A-Z][a-z]?[A-Z]\w*|[A-Z]{2,8})\)")
_MEAN = re.compile(rf"{_QUOTED}(?:,? and {_QUOTED})?,? means? (?:the )?(?=[A-Z])")
_TIERS = {
    "county": "County",
    "borough": "Borough",
    "city": "City",
    "district": "District",
    "town": "Town",
    "parish": "Parish",
}
_SHORT_TIERS = {
    "BC": "Borough Council",
    "DC": "District Council",
    "TC": "Town Council",
    "PC": "Parish Council",
    "MBC": "Metropolitan Borough Council",
}
_GENERIC = words("generic-bodies")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]urs?|us)\b")


def initials(name: str) -> set[str]:
    """What a name may be shortened to: DfT and DFT, PHT, MHCLG."""
    words = re.findall(r"[A-Za-z][\w’']*", name)
    big = [w for w in words if w[0].isupper()]
    return {
        "".join(w[0].upper() for w in big),
        "".join(w[0].upper() if w in big else w[0] for w in words),
        "".join(w[0].upper() for w in words),
        "".join(w[0].upper() if w in big else w[0] for w in words if w not in {"and", "of", "the"}),
    }


@dataclass
class Glossary:
    """Full names and short names of a document; `home` is the body that it speaks for."""

    full: dict[str, str] = field(default_factory=dict)
    """By key, as the document writes it."""

    short: dict[str, str | None] = field(default_factory=dict)
    """Short names by key; None where it could mean several."""

    groups: set[str] = field(default_factory=set)
    """Sets that it names without listing them: the six district councils."""

    topics: set[str] = field(default_factory=set)
    """Keys of names that stand as headings or rows: names, though their words tell no kind."""

    persons: set[str] = field(default_factory=set)
    home: str | None = None
    first_person: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    """How often longer names stand whose words tell nothing: one that comes back is hardly a person's."""

    def add(self, name: str) -> str:
        """A full name; gives it as it was first written."""
        name = cased(name) if name.isupper() and len(name) > 8 else expanded(name)
        key = name_key(name)
        self.counts[key] += 1
        return self.full.setdefault(key, re.sub(r"^[Tt]he ", "", name))

    def define(self, short: str, name: str) -> None:
        self.short[name_key(short)] = self.full.get(name_key(name), name)

    def knows(self, name: str) -> bool:
        key = name_key(name)
        return key in self.full or key in self.topics or self.short.get(key) is not None

    def resolve(self, surface: str) -> str | None:
        """The full name that a name of this document stands for; None where it is short and may mean several."""
        bare = re.sub(r"^(?:[Tt]he|[Tt]his|[Oo]ur|its) ", "", surface).strip()
        key = name_key(bare)
        if key in self.short:
            return self.short[key]
        expanded_name = expanded(bare)
        if name_key(expanded_name) in self.full:
            return self.full[name_key(expanded_name)]
        found = self._ending(bare) if surface != bare or bare.isupper() else None
        found = found or self._initials(bare) or self._beginning(bare)
        if found:
            return found
        if all(word in _GENERIC for word in key.split()):
            return None
        return re.sub(r"^[Tt]he ", "", expanded_name)

    def _ending(self, bare: str) -> str | None:
        """`the Silver Band`, `the County Council`, `the Borough`: the end of one full name, or its tier."""
        key = name_key(bare)
        ends = {full for k, full in self.full.items() if k.endswith(" " + key) and k != key}
        if key in _TIERS:
            ends |= {full for full in self.full.values() if re.search(rf"\b{_TIERS[key]}\b.* Council$", full)}
        elif not ends and " " not in key:
            ends = {full for k, full in self.full.items() if re.search(rf"\b{re.escape(key)}\b", k) and key in _GENERIC}
        if self.home and len(ends) > 1 and self.home in ends:
            return self.home
        return next(iter(ends)) if len(ends) == 1 else None

    def _initials(self, bare: str) -> str | None:
        if not re.fullmatch(r"[A-Z][A-Za-z]{1,7}", bare) or sum(c.isupper() for c in bare) < 2:
            return None
        fits = {full for full in self.full.values() if bare in initials(full) and " " in full}
        if not fits and len(bare) > 2:  # the ICB, of NHS Hollin Integrated Care Board
            fits = {full for full in self.full.values() if any(each.endswith(bare) for each in initials(full))}
        return next(iter(fits)) if len(fits) == 1 else None

    def _beginning(self, bare: str) -> str | None:
        """`Thornby`, for Thornby District Council; `Holm Community Health`, for the CIC of that name."""
        key = name_key(bare)
        starts = {full for k, full in self.full.items() if k.startswith(key + " ") and Kind.PLACE not in kinds_of(full)}
        councils = {full for full in starts if Kind.AUTHORITY in kinds_of(full)}
        if len(starts) > 1 and len(councils) == 1:
            starts = councils
        return next(iter(starts)) if len(starts) == 1 else None


def expanded(name: str) -> str:
    """`Eastmoor BC` as Eastmoor Borough Council: where a tier's letters leave no doubt (CC may be County or City)."""
    found = re.fullmatch(r"(.+) (BC|DC|TC|PC|MBC)", name.strip())
    return f"{found[1]} {_SHORT_TIERS[found[2]]}" if found else name.strip()


def read_glossary(document: Document) -> Glossary:
    """Every name that the document writes in full, and what it says its short names mean."""
    glossary = Glossary()
    texts = [_spoken(p.text) for p in document.passages]
    for passage, text in zip(document.passages, texts, strict=True):
        for part in [passage.text[a:b] for cell in passage.cells for a, b in cell.lines] or [text]:
            glossary.persons |= {part[a:b] for a, b in persons_in(part)}
    for _ in range(2):  # what the first turn finds decides where the second parts an `and`
        for passage, text in zip(document.passages, texts, strict=True):
            for part in [passage.text[a:b] for cell in passage.cells for a, b in cell.lines] or [text]:
                _names(glossary, part)
                _definitions(glossary, part)
        _mend(glossary)
    for passage, text in zip(document.passages, texts, strict=True):
        if passage.kind is PassageKind.HEADING and passage.level > 1:
            _topic(glossary, text)
    for line in document.running:
        _names(glossary, line)
    glossary.first_person = sum(bool(_WE.search(text)) for text in texts) >= 2
    return glossary


def _spoken(text: str) -> str:
    """A heading in capitals as a name is written: WENDMOUTH HARBOUR COMMITTEE."""
    return cased(text) if text.isupper() and len(text) > 8 else text


def cased(text: str) -> str:
    small = {"AND", "OF", "THE", "FOR", "WITH", "IN", "ON", "AT", "TO"}
    words = [w.lower() if w in small else w.capitalize() for w in text.split()]
    return " ".join([words[0].capitalize(), *words[1:]])


def _names(glossary: Glossary, text: str) -> None:
    people = list(persons_in(text))
    for run in runs_in(text, glossary.knows):
        if any(a <= run.start < b for a, b in people) or is_job(run.text) or len(run.text.split()) < 2:
            continue
        if len(run.text.split()) > 2 and not complete(run.text) and not telling(run.text):
            glossary.repeated[name_key(run.text)] += 1
        if complete(run.text) or (telling(run.text) and Kind.EVENT not in kinds_of(run.text)):
            key = name_key(run.text)
            if not all(word in _GENERIC for word in key.split()) and not _tail_of_tier(key):
                glossary.add(run.text)


def _mend(glossary: Glossary) -> None:
    """Take out what is no full name: `Silver Band`, the end of another's, and `Eastmoor and Thornby District
    Council`, two."""
    for key, name in list(glossary.full.items()):
        longer = [full for k, full in glossary.full.items() if k.endswith(" " + key)]
        left = name.split(" and ")[0]
        two = Kind.AUTHORITY in kinds_of(name) and left != name and glossary.short.get(name_key(left))
        if len(longer) == 1 or two:
            del glossary.full[key]
            glossary.short = {
                short: longer[0] if full == name and longer else full for short, full in glossary.short.items()
            }


def _tail_of_tier(key: str) -> bool:
    """`County Council`, `District Council`: a tier, and no name."""
    return key in {f"{tier} council" for tier in _TIERS} | {
        "fire and rescue service",
        "integrated care board",
        "combined authority",
    }


def _topic(glossary: Glossary, text: str) -> None:
    name = heading_name(text)
    if name:
        glossary.topics.add(name_key(name))
        glossary.full.setdefault(name_key(name), name)


def _definitions(glossary: Glossary, text: str) -> None:
    for run in _longest(runs_in(text, glossary.knows), text):
        found = _DEFINED.match(text, run.end)
        short = _ACRONYM.match(text, run.end)
        if found:
            name = _defined_name(glossary, text, run)
            for each in filter(None, found.groups()):
                if name_key(each) != name_key(name):
                    glossary.define(each, name)
        elif short and short[1] in initials(run.text):
            glossary.define(short[1], glossary.add(run.text))
    for found in _MEAN.finditer(text):
        for run in runs_in(text[found.end() :], glossary.knows):
            if run.start == 0:
                name = glossary.add(run.text)
                for each in filter(None, found.groups()):
                    glossary.define(each.rstrip(","), name)
                    if each.rstrip(",").lower() == "we":
                        glossary.home = name
            break


HOME = "@home"
"""Stands for the document's own body until it is known which that is: `this Council ("Pellwick")`."""


def _defined_name(glossary: Glossary, text: str, run: Run) -> str:
    if all(word in _GENERIC for word in name_key(run.text).split()) and re.search(r"\b[Tt]his $", text[: run.start]):
        return HOME
    longer = glossary.resolve(f"the {run.text}")
    return longer if longer and name_key(longer) != name_key(run.text) else glossary.add(run.text)


def _longest(runs: Iterable[Run], text: str) -> list[Run]:
    return [run for run in runs if not TITLED.match(text, run.start)]
