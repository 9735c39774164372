"""Which body an identifier means: one that the graph holds already, or a new one. Ids that look alike stay apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from service.identity.decisions import Decisions, Verdict
from service.model.facts import Entity, checksum
from service.model.ids import slug
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

_LEGAL_FORMS = frozenset({"ltd", "limited", "plc", "cic", "cio", "llp", "inc"})
_REGISTERED = re.compile(r"(GB-(CHC|COH|SC|NIC|REV|EDU|NHS|MPR|UKPRN)|IE-|US-)", re.I)
"""Schemes of charities, companies and schools: no local authority is registered there."""

_AUTHORITIES = re.compile(r"GB-LA[A-Z]-(.+)", re.I)
"""Schemes of local authorities: what follows is the code of the register of authorities."""


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """Something that the graph holds from elsewhere, with all that it can be recognised by."""

    id: str
    name: str
    kind: str
    keys: tuple[str, ...] = ()
    """Its names as they are compared."""

    org_id: str | None = None
    code: str | None = None
    """Of the register of local authorities."""

    gss_code: str | None = None
    ended: str | None = None


@dataclass(slots=True)
class _Found:
    """A body as a file speaks of it."""

    id: str
    names: dict[str, str] = field(default_factory=dict)
    known: bool = False


@dataclass(frozen=True, slots=True)
class Double:
    """Two identifiers that may mean one body; they stay apart until a person decides."""

    one: str
    other: str
    why: str
    verdict: Verdict | None


class Bodies:
    """Takes the identifiers and names of a file, one after the other, and tells which body each is."""

    def __init__(self, known: Iterable[KnownEntity], decisions: Decisions) -> None:
        self._decisions = decisions
        self._by_org_id: dict[str, KnownEntity] = {}
        self._by_id: dict[str, KnownEntity] = {}
        self._by_code: dict[str, KnownEntity] = {}
        self._authorities: dict[str, list[KnownEntity]] = defaultdict(list)
        self._names: dict[str, list[KnownEntity]] = defaultdict(list)
        self._found: dict[str, _Found] = {}
        self._taken: dict[str, str] = {}
        self.matched: dict[str, tuple[str, str]] = {}
        """identifier: (id in the graph, how it was recognised)"""

        for body in known:
            self._taken[body.id] = body.id
            if body.kind not in ORGANISATIONS or body.kind == Kind.GROUP:
                continue
            self._by_id[decisions.same_as(body.id)] = body
            if body.org_id:
                self._by_org_id[decisions.same_as(body.org_id)] = body
            if body.kind == Kind.AUTHORITY:
                if body.code:
                    self._by_code[body.code.casefold()] = body
                for key in {name_key(body.name), *body.keys}:
                    self._authorities[key].append(body)
            for key in body.keys:
                self._names[_bare(key)].append(body)

    def see(self, org_id: str, name: str) -> str:
        """The id of the body that bears this identifier."""
        canonical = self._decisions.same_as(org_id)
        found = self._found.get(canonical)
        if found is None:
            found = self._found[canonical] = self._identified(canonical, org_id, name)
        found.names.setdefault(name_key(name), name)
        return found.id

    def entities(self) -> Iterator[Entity]:
        """The bodies that are new to the graph, under the first of the names that the file gives them."""
        for org_id, found in self._found.items():
            if not found.known:
                name, *others = found.names.values()
                yield Entity(found.id, Kind.AGENCY, name, tuple(others), None, (("org_id", org_id),))

    def holds(self, id_: str) -> bool:
        """Whether the graph holds this id from elsewhere."""
        return self._taken.get(id_) == id_

    def doubles(self) -> list[Double]:
        """Pairs that a person should look at, those that are decided to be different left out."""
        alike: dict[tuple[str, str], set[str]] = defaultdict(set)
        for org_id, found in self._found.items():
            for key in found.names:
                alike[_bare(key), "have the same name"].add(org_id)
            alike[_number(org_id), "have the same number, written differently"].add(org_id)
        pairs: dict[frozenset[str], Double] = {}
        for (_, why), same in alike.items():
            for one, other in combinations(sorted(same), 2):
                self._note(pairs, one, other, why)
        for org_id, found in self._found.items():
            for key in found.names:
                for body in self._names.get(_bare(key), ()):
                    if body.id != found.id:
                        self._note(pairs, org_id, body.org_id or body.id, "have the same name")
        return sorted(pairs.values(), key=lambda double: (double.one, double.other))

    def _note(self, pairs: dict[frozenset[str], Double], one: str, other: str, why: str) -> None:
        verdict = self._decisions.verdict(one, other)
        if verdict not in {Verdict.DIFFERENT, Verdict.SAME}:
            pairs.setdefault(frozenset({one, other}), Double(one, other, why, verdict))

    def _identified(self, canonical: str, org_id: str, name: str) -> _Found:
        recognised = self._recognised(canonical, name)
        if recognised is not None:
            body, how = recognised
            self.matched[org_id] = (body.id, how)
            return _Found(body.id, known=True)
        plain = slug(canonical)
        if self._taken.setdefault(plain, canonical) != canonical:
            plain = f"{plain}-{checksum(canonical)[:6]}"
            self._taken[plain] = canonical
        return _Found(plain)

    def _recognised(self, org_id: str, name: str) -> tuple[KnownEntity, str] | None:
        if body := self._by_org_id.get(org_id):
            return body, "identifier"
        if body := self._by_id.get(org_id):
            return body, "decision"
        if (code := _AUTHORITIES.fullmatch(org_id)) and (body := self._by_code.get(code[1].casefold())):
            return body, "code of an authority"
        if _REGISTERED.match(org_id):
            return None
        named = self._authorities.get(name_key(name), [])
        living = [body for body in named if body.ended is None]
        if len(living) == 1 and name_key(living[0].name) == name_key(name):
            return living[0], "name of an authority"
        return None


def _bare(key: str) -> str:
    """A compared name without the legal form at its end."""
    words = key.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _number(org_id: str) -> str:
    """An identifier with its scheme, without what people write in different ways: case, zeros, spaces, dashes."""
    scheme = "-".join(org_id.split("-")[:2])
    rest = re.sub(r"[^a-z0-9]", "", org_id[len(scheme) :].casefold()).lstrip("0")
    return f"{scheme.casefold()}-{rest}"
