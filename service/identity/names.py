"""Names become entities: by id, name, form of a council's name, or code. Never by a guess.

A name that is only nearly one, by spelling or by some of its words, is a suggestion and never an answer.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from service.errors import AmbiguousName, EntityNotFound
from service.graph.cypher_files import text
from service.graph.revisions import pinned
from service.graph.store import Store
from service.identity.elsewhere import ELSEWHERE
from service.identity.forms import council_forms, is_code
from service.model.dates import PartialDate
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
"""Words that a question is made of, not what it is about."""

_KIND_WORDS: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(("council", "authority"), frozenset({Kind.AUTHORITY})),
    **dict.fromkeys(("body", "organisation", "organization"), ORGANISATIONS),
    "partnership": frozenset({Kind.PARTNERSHIP}),
    "group": frozenset({Kind.GROUP}),
    **dict.fromkeys(
        ("programme", "program", "project", "pilot", "scheme", "workstream", "initiative"), frozenset({Kind.PROGRAMME})
    ),
    **dict.fromkeys(("service", "services"), frozenset({Kind.SHARED_SERVICE})),
    "event": frozenset({Kind.EVENT}),
    **dict.fromkeys(("document", "paper", "minutes", "source"), frozenset({Kind.SOURCE})),
}
"""Words after a name that only say what it is: 'Winchester council' is Winchester, where that is an authority."""

_SHORT = 5
"""Words of so many letters or fewer have no slips: Dover is not 'over', Fife not Fire."""

_MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as an answer names it."""

    id: str
    name: str
    kind: str
    ended: str | None = None
    """The day on which a body came to its end, as its register gives it."""

    successors: tuple[Named, ...] = ()

    started: str | None = None

    def existed(self, day: date) -> bool:
        """Whether it existed on a day, as far as a register says."""
        begun = self.started is None or PartialDate.parse(self.started).earliest <= day
        return begun and (self.ended is None or day <= PartialDate.parse(self.ended).latest)

    def fate(self) -> str | None:
        """A sentence for a body that is no more, and who came after it."""
        if self.ended is None:
            return None
        after = ", ".join(successor.name for successor in self.successors)
        return f"{self.name} ended on {self.ended}; " + (
            f"it was succeeded by {after}." if after else "no source names its successor."
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    named: Named
    keys: tuple[str, ...]
    said: tuple[str, ...]
    """Its names as sources write them."""

    @property
    def id(self) -> str:
        return self.named.id

    @property
    def kind(self) -> str:
        return self.named.kind


class Names:
    """Finds entities by what people call them, and remembers what it found while the graph stays as it is.

    `words` are those that questions are put in: alone they name nothing, unless typed as a name is written ("IT").
    """

    def __init__(self, store: Store, words: Collection[str], *, remembered: int = 5000) -> None:
        self._store = store
        self._words = STOP_WORDS | set(words)
        self._remembered: OrderedDict[tuple[str, ...], Named] = OrderedDict()
        self._size = remembered

    async def resolve(self, given: str, revision: str, kinds: Collection[str] | None = None) -> Named:
        """The entity that `given` names.

        Raises AmbiguousName with the candidates where several are known by it, EntityNotFound with the nearest names
        where none is, and GraphChanged where the graph is past that revision. A name that is exactly that of an entity
        of another kind than `kinds` counts only where none of those kinds bears it with a word for its kind.
        """
        asked = (revision, given, *sorted(kinds or ()))
        known = self._remembered.get(asked)
        if known is not None:
            self._remembered.move_to_end(asked)
            return known
        with pinned(revision):
            found = await self._resolve(given, kinds)
        self._remembered[asked] = found
        if len(self._remembered) > self._size:
            self._remembered.popitem(last=False)
        return found

    async def _resolve(self, given: str, kinds: Collection[str] | None) -> Named:
        key = name_key(_forms(given)[-1])
        if not key:
            raise EntityNotFound(f"{given!r} holds no name", given=given)
        if known := await self._known(given, kinds):
            return _one(given, _living(known))
        near = await self.near(key, kinds)
        if all(word in self._words or word in _KIND_WORDS for word in key.split()):
            described = [candidate for candidate in near if _fits_by_words(key, candidate)]
            if len(described) > 1:
                return _one(given, described)
        suggested = self.suggestions(key, near)
        raise EntityNotFound(
            _not_found(given, suggested), given=given, nearest=[as_json(candidate.named) for candidate in suggested]
        )

    async def _known(self, given: str, kinds: Collection[str] | None) -> list[Candidate]:
        """All that are known by this name."""
        exact: list[Candidate] = []
        for spoken in _forms(given):
            exact = exact or await self._exact(spoken)
        if exact and (not kinds or any(candidate.kind in kinds for candidate in exact)):
            return exact
        name, last = name_key(_forms(given)[-1]).rpartition(" ")[::2]
        if name and last in _KIND_WORDS:
            of_kind = [candidate for candidate in await self._exact(name) if candidate.kind in _KIND_WORDS[last]]
            if of_kind and (not kinds or any(candidate.kind in kinds for candidate in of_kind)):
                return of_kind
        return exact or await self._council(given) or await self._coded(given)

    async def _council(self, given: str) -> list[Candidate]:
        """The councils whose official name is given in another form."""
        found: list[Candidate] = []
        for form in council_forms(name_key(_forms(given)[-1])):
            found += [candidate for candidate in await self._exact(form) if candidate.kind == Kind.AUTHORITY]
        return list({candidate.id: candidate for candidate in found}.values())

    async def _coded(self, given: str) -> list[Candidate]:
        code = given.strip()
        if not is_code(code):
            return []
        table = await self._store.read(text("service/names-code"), {"code": code}, limit=60)
        return [_candidate(row) for row in table.rows]

    async def _exact(self, given: str) -> list[Candidate]:
        key = name_key(given)
        if not key:
            return []
        table = await self._store.read(text("service/names-exact"), {"id": given.strip(), "key": quoted(key)}, limit=60)
        rows = [(_candidate(row), row[7]) for row in table.rows]
        by_id = [candidate for candidate, tier in rows if tier == 0]
        named = [candidate for candidate, _ in rows if key in candidate.keys]
        return by_id or [candidate for candidate in named if self._binds(given, key, candidate)]

    def _binds(self, given: str, key: str, candidate: Candidate) -> bool:
        """Whether a name means this candidate: a word of questions does only as the name itself is written."""
        return not self.idle(key) or (given.strip() in candidate.said and not given.islower())

    def idle(self, key: str) -> bool:
        """Whether this is one of the words that questions are put in."""
        return key in self._words

    def suggestions(self, key: str, near: Sequence[Candidate]) -> list[Candidate]:
        """Those of `near` that a person who typed `key` may have meant; none for a real name of another body."""
        if key in ELSEWHERE or self.idle(key):
            return []
        likely = [candidate for candidate in near if self._likely(key, candidate)]
        return sorted(likely, key=lambda c: (-_likeness(key, c), c.id))[:_MOST_SUGGESTIONS]

    def _likely(self, key: str, candidate: Candidate) -> bool:
        asked = set(key.split())
        for other in candidate.keys:
            words = set(other.split())
            if asked <= words or (words <= asked and not words <= self._words):
                return True
            if len(key) > _SHORT and len(other) > _SHORT and OSA.distance(key, other) <= max(2, len(key) // 6):
                return True
            if len(asked) > 1 and fuzz.ratio(key, other) >= 80:
                return True
        return False

    async def near(self, key: str, kinds: Collection[str] | None = None, limit: int = 50) -> list[Candidate]:
        """Entities with names like `key`, the most alike first."""
        words = [word for word in key.split() if word][:12]
        if not words:
            return []
        together = " AND ".join(f"{quoted(word)}" for word in words)
        alike = " OR ".join(f"{escaped(word)}{_fuzzy(word)}" for word in words)
        beginning = f" OR {escaped(words[-1])}*" if len(words[-1]) > 1 else ""
        table = await self._store.read(
            text("service/names-near"),
            {
                "lucene": f"({together})^4 OR {alike}{beginning}",
                "limit": limit,
                "kinds": sorted(kinds) if kinds else None,
            },
            limit=limit,
        )
        found = [_candidate(row) for row in table.rows]
        return sorted(found, key=lambda candidate: (-_likeness(key, candidate), candidate.id))

    async def search(self, given: str, kinds: Collection[str] | None, limit: int) -> tuple[list[Named], list[Named]]:
        """Entities known by `given` or with all of its words in a name, the best match first; and suggestions."""
        key = name_key(given)
        exact = [c for c in await self._exact(given) if not kinds or c.kind in kinds]
        near = await self.near(key, kinds, max(50, limit))
        taken = {found.id for found in exact}
        by_words = [c for c in near if c.id not in taken and (_fits_by_words(key, c) or _begins(key, c))]
        by_words.sort(key=lambda c: (not _fits_by_words(key, c), -_likeness(key, c), c.id))
        found = [candidate.named for candidate in [*exact, *by_words]][:limit]
        return found, [] if found else [c.named for c in self.suggestions(key, near)]

    async def known_by(self, typed: Sequence[str], *, as_written: bool) -> dict[str, list[Named]]:
        """Who is known by each of these names. `as_written`: an acronym ("PUSH") only where it is typed as one."""
        keys = {name: name_key(name) for name in typed}
        forms = {key: council_forms(key) for key in keys.values()}
        wanted = dict.fromkeys(each for key, others in forms.items() for each in (key, *others) if each)
        if not wanted:
            return {}
        bound = {"id": "", "key": " OR ".join(quoted(key) for key in wanted)}
        table = await self._store.read(text("service/names-exact"), bound, limit=60)
        bearers: dict[str, list[Candidate]] = {}
        for candidate in map(_candidate, table.rows):
            for key in candidate.keys:
                bearers.setdefault(key, []).append(candidate)
        for key, others in forms.items():
            councils = [each for form in others for each in bearers.get(form, []) if each.kind == Kind.AUTHORITY]
            bearers.setdefault(key, councils)
        found = {
            name: [
                candidate.named
                for candidate in _living(bearers.get(key, []))
                if self._binds(name, key, candidate) and not (as_written and _acronym_typed_small(name, key, candidate))
            ]
            for name, key in keys.items()
        }
        return {name: named for name, named in found.items() if named}


def _acronym_typed_small(given: str, key: str, candidate: Candidate) -> bool:
    written = [name for name in candidate.said if name_key(name) == key]
    return given.islower() and bool(written) and all(name.isupper() for name in written)


def quoted(text: str) -> str:
    """`text` as one phrase of a Lucene query."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escaped(word: str) -> str:
    return re.sub(r'([+\-!(){}\[\]^"~*?:\\/&|])', r"\\\1", word)


def _forms(given: str) -> list[str]:
    """The name as given, and without a possessive, a closing 'please' and the like."""
    plain = re.sub(r"(['’]s|['’])$", "", re.sub(r"\s+(please|then|now|today|at all)$", "", given.strip(), flags=re.I))
    return list(dict.fromkeys([given.strip(), plain]))


def _fuzzy(word: str) -> str:
    return "" if len(word) < 4 else "~1" if len(word) < 6 else "~2"


def _likeness(key: str, candidate: Candidate) -> float:
    return max((fuzz.ratio(key, other) for other in candidate.keys), default=0.0)


def _begins(key: str, candidate: Candidate) -> bool:
    return bool(key) and any(other.startswith(key) or f" {key}" in other for other in candidate.keys)


def _fits_by_words(key: str, candidate: Candidate) -> bool:
    """Every word asked for stands in one of the names."""
    asked = set(key.split())
    return any(asked <= set(other.split()) for other in candidate.keys)


def _living(candidates: list[Candidate]) -> list[Candidate]:
    """A name that a body of today bears with bodies that are no more means the one of today."""
    living = [candidate for candidate in candidates if candidate.named.ended is None]
    return living if len(living) == 1 else candidates


def _one(given: str, candidates: Sequence[Candidate]) -> Named:
    if len(candidates) == 1:
        return candidates[0].named
    names = ", ".join(f"{candidate.named.name} ({candidate.kind})" for candidate in candidates[:5])
    raise AmbiguousName(
        f"{given!r} fits {len(candidates)}: {names}{', ...' if len(candidates) > 5 else ''}. Choose one by its id",
        given=given,
        candidates=[as_json(candidate.named) for candidate in candidates[:20]],
    )


def _not_found(given: str, suggested: Sequence[Candidate]) -> str:
    names = ", ".join(candidate.named.name for candidate in suggested[:3])
    return f"no source names {given!r}" + (f"; the nearest names are {names}" if names else "")


def as_json(named: Named) -> dict[str, Any]:
    """As answers show it; a body that ended points on to its successors."""
    plain = {"id": named.id, "name": named.name, "kind": named.kind}
    if named.ended is None:
        return plain
    return plain | {"ended": named.ended, "successors": [as_json(successor) for successor in named.successors]}


def _candidate(row: Sequence[Any]) -> Candidate:
    """From the columns id, name, kind, keys, ended, successors, started, tier or score, aliases."""
    after = tuple(Named(s["id"], s["name"], s["kind"]) for s in row[5])
    named = Named(row[0], row[1], row[2], row[4], after, row[6])
    return Candidate(named, tuple(row[3] or ()), (row[1], *(row[8] or ())))
