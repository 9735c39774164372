"""Names become entities: by id, then by a name exactly, then by words, then by spelling. Never by a guess."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from service.errors import AmbiguousName, EntityNotFound
from service.facts.dates import PartialDate
from service.facts.names import name_key
from service.facts.vocabulary import ORGANISATIONS, Kind
from service.graph.revisions import pinned
from service.graph.store import Store
from service.graph.texts import text

_KIND_WORDS: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(("council", "authority"), frozenset({Kind.AUTHORITY})),
    **dict.fromkeys(("body", "organisation", "organization", "agency", "department", "team"), ORGANISATIONS),
    **dict.fromkeys(("partnership", "trust", "board"), frozenset({Kind.PARTNERSHIP})),
    **dict.fromkeys(("group", "councils", "districts"), frozenset({Kind.GROUP})),
    **dict.fromkeys(
        (
            "programme",
            "program",
            "project",
            "pilot",
            "scheme",
            "workstream",
            "initiative",
            "agreement",
            "strategy",
            "work",
        ),
        frozenset({Kind.PROGRAMME}),
    ),
    **dict.fromkeys(("service", "services"), frozenset({Kind.SHARED_SERVICE})),
    **dict.fromkeys(("building", "buildings", "hub", "site", "place"), frozenset({Kind.PLACE, Kind.PROGRAMME})),
    **dict.fromkeys(("event", "conference", "workshop", "meeting"), frozenset({Kind.EVENT})),
    **dict.fromkeys(("document", "paper", "minutes", "source"), frozenset({Kind.SOURCE})),
}


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
    score: float = 0.0

    @property
    def id(self) -> str:
        return self.named.id

    @property
    def kind(self) -> str:
        return self.named.kind


class Names:
    """Finds entities by what people call them, and remembers what it found while the graph stays as it is."""

    def __init__(self, store: Store, *, remembered: int = 5000) -> None:
        self._store = store
        self._remembered: OrderedDict[tuple[str, ...], Named] = OrderedDict()
        self._size = remembered

    async def resolve(self, given: str, revision: str, kinds: Collection[str] | None = None) -> Named:
        """The entity that `given` names.

        Raises AmbiguousName with the candidates where it fits several, EntityNotFound with the nearest names where it
        fits none, and GraphChanged where the graph is past that revision. A name that is exactly that of an entity of
        another kind than `kinds` counts only where no entity of those kinds fits by words.
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
        exact: list[Candidate] = []
        for spoken in _forms(given):
            exact = exact or await self._exact(spoken)
        if exact and (not kinds or any(candidate.kind in kinds for candidate in exact)):
            return _one(given, _living(exact))
        key = name_key(_forms(given)[-1])
        if not key:
            raise EntityNotFound(f"{given!r} holds no name")
        near = await self.near(key, kinds)
        if exact and not any(_fits_by_words(key, candidate) for candidate in near):
            return _one(given, exact)
        if by_words := [candidate for candidate in near if _fits_by_words(key, candidate)]:
            return _one(given, by_words)
        if by_spelling := _alike(key, near):
            return _one(given, by_spelling)
        raise EntityNotFound(_not_found(given, near), nearest=[as_json(candidate.named) for candidate in near[:5]])

    async def _exact(self, given: str) -> list[Candidate]:
        key = name_key(given)
        if not key:
            return []
        table = await self._store.read(text("service/names-exact"), {"id": given.strip(), "key": quoted(key)}, limit=60)
        rows = [(Candidate(_named(row), tuple(row[3] or ())), row[7]) for row in table.rows]
        by_id = [candidate for candidate, tier in rows if tier == 0]
        return by_id or [candidate for candidate, _ in rows]

    async def near(self, key: str, kinds: Collection[str] | None = None, limit: int = 50) -> list[Candidate]:
        """Entities with names like `key`, the most alike first."""
        words = [word for word in key.split() if word][:12]
        if not words:
            return []
        together = " AND ".join(f"{quoted(word)}" for word in words)
        alike = " OR ".join(f"{escaped(word)}{_slips(word)}" for word in words)
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
        found = [
            Candidate(_named(row), tuple(row[3] or ()), max((_likeness(key, k) for k in row[3] or ()), default=0))
            for row in table.rows
        ]
        return sorted(found, key=lambda candidate: (-_fits_by_words(key, candidate), -candidate.score, candidate.id))

    async def search(self, given: str, kinds: Collection[str] | None, limit: int) -> list[Named]:
        """Entities for `given`, the best match first: exactly so named, by words, by spelling."""
        exact = [c for c in await self._exact(given) if not kinds or c.kind in kinds]
        key = name_key(given)
        near = await self.near(key, kinds, max(50, limit))
        near = [
            c
            for c in near
            if c.id not in {found.id for found in exact}
            and (_fits_by_words(key, c) or _begins(key, c) or _slips_to(key, c) is not None)
        ]
        return [candidate.named for candidate in [*exact, *near]][:limit]

    async def spotted(self, question: str, revision: str) -> list[Named]:
        """Entities that a question names outright, the longest names first."""
        words = name_key(question).split()[:60]
        spans = [
            " ".join(words[i : i + n]) for n in range(min(8, len(words)), 0, -1) for i in range(len(words) - n + 1)
        ]
        wanted = " OR ".join(quoted(span) for span in dict.fromkeys(spans))
        if not wanted:
            return []
        table = await self._store.read(text("service/names-exact"), {"id": "", "key": wanted}, limit=60)
        taken = f" {' '.join(words)} "
        found: list[Named] = []
        hits = [(key, _named(row)) for row in table.rows for key in row[3] or ()]
        for key, named in sorted(hits, key=lambda hit: (-len(hit[0].split()), hit[1].id)):
            if f" {key} " in taken and named not in found:
                found.append(named)
                if not any(other == key and who != named for other, who in hits):
                    taken = taken.replace(f" {key} ", "  |  ", 1)
        return found


def quoted(text: str) -> str:
    """`text` as one phrase of a Lucene query."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escaped(word: str) -> str:
    return re.sub(r'([+\-!(){}\[\]^"~*?:\\/&|])', r"\\\1", word)


def _forms(given: str) -> list[str]:
    """The name as given, and without a possessive, a closing 'please' and the like."""
    plain = re.sub(r"(['’]s|['’])$", "", re.sub(r"\s+(please|then|now|today|at all)$", "", given.strip(), flags=re.I))
    return list(dict.fromkeys([given.strip(), plain]))


def _slips(word: str) -> str:
    return "" if len(word) < 4 else "~1" if len(word) < 6 else "~2"


def _likeness(key: str, other: str) -> float:
    return fuzz.ratio(key, other)


def _begins(key: str, candidate: Candidate) -> bool:
    return any(other.startswith(key) or f" {key}" in other for other in candidate.keys)


def _fits_by_words(key: str, candidate: Candidate) -> bool:
    """Every word asked for stands in one of the names; words that only say the kind may be over."""
    asked = set(key.split())
    for other in candidate.keys:
        words = set(other.split())
        over = asked - words
        if not over:
            return True
        if words <= asked and all(candidate.kind in _KIND_WORDS.get(word, ()) for word in over):
            return True
    return False


def _alike(key: str, near: Sequence[Candidate]) -> list[Candidate]:
    """Those that `key` names with the fewest slips of the pen, if any."""
    slips = [(count, candidate) for candidate in near if (count := _slips_to(key, candidate)) is not None]
    fewest = min((count for count, _ in slips), default=0)
    return [candidate for count, candidate in slips if count == fewest]


def _slips_to(key: str, candidate: Candidate) -> int | None:
    """How many slips lead from `key` to a name, where every word asked for is nearly one of its words.

    Word by word, so that the 'City Council' of Weymouth does not make it Portsmouth.
    """
    counts = []
    for other in candidate.keys:
        words = other.split()
        each = [min((OSA.distance(asked, word), len(word)) for word in words) for asked in key.split()]
        if all(slips <= _allowed(asked) for asked, (slips, _) in zip(key.split(), each, strict=True)):
            counts.append(sum(slips for slips, _ in each))
    return min(counts, default=None)


def _allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 9 else 2


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
        candidates=[as_json(candidate.named) for candidate in candidates[:20]],
    )


def _not_found(given: str, near: Sequence[Candidate]) -> str:
    names = ", ".join(candidate.named.name for candidate in near[:3])
    return f"no source names {given!r}" + (f"; the nearest names are {names}" if names else "")


def as_json(named: Named) -> dict[str, Any]:
    """As answers show it; a body that ended points on to its successors."""
    plain = {"id": named.id, "name": named.name, "kind": named.kind}
    if named.ended is None:
        return plain
    return plain | {"ended": named.ended, "successors": [as_json(successor) for successor in named.successors]}


def _named(row: Sequence[Any]) -> Named:
    """From the columns id, name, kind, keys, ended, successors, started."""
    return Named(row[0], row[1], row[2], row[4], tuple(Named(s["id"], s["name"], s["kind"]) for s in row[5]), row[6])
