"""A question that no pattern answers: the quotes that speak of what it names, and what it names that nothing knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.answers.answer import Answer
from service.answers.catalog import Catalog
from service.answers.evidence import EvidenceStore
from service.answers.filters import EVERY_MODALITY, Filters
from service.answers.pattern import normal_words
from service.answers.statements import EVIDENCE, Query
from service.errors import AmbiguousName, EntityNotFound
from service.graph.cypher_files import text
from service.graph.store import Store
from service.identity.elsewhere import ELSEWHERE
from service.identity.mentions import Mentions, read_mentions
from service.identity.names import STOP_WORDS, Named, Names, as_json, quoted
from service.model.name_keys import name_key

SEARCH = "search"
_MOST_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The frame of a question was understood, but not all names in it."""

    error: EntityNotFound
    slots: tuple[str, ...]
    """What stands where the pattern has names."""


class Search:
    """Quotes for questions, from one store."""

    def __init__(
        self, store: Store, catalog: Catalog, names: Names, evidence: EvidenceStore, *, row_limit: int, timeout: float
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._names = names
        self._evidence = evidence
        self._row_limit = row_limit
        self._timeout = timeout

    async def quotes(
        self, question: str, unresolved: Unresolved | None, filters: Filters, revision: str, limit: int
    ) -> Answer:
        """The quotes that speak of what a question names, best first; a name that nothing knows is said first.

        Raises EntityNotFound where it names nothing that is known, with the nearest names.
        """
        mentions = await (self._in_slots(unresolved.slots) if unresolved else read_mentions(self._names, question))
        heard = await self._heard(mentions, filters)
        error = unresolved.error if unresolved else None
        if heard.unknown and not heard.known:
            raise error or await self._not_named(heard.unknown[0], revision)
        content = [word for word in heard.rest if word not in STOP_WORDS]
        if not heard.known and all(self._names.idle(word) for word in content):
            raise error or EntityNotFound(self._about_nothing(question))
        bound = filters.parameters(EVERY_MODALITY)
        bound |= {
            "words": (" AND " if error and not heard.known else " OR ").join(
                map(quoted, content or heard.rest or ["-"])
            ),
            "named": [each.id for each in heard.known],
            "bonus": 3.0,
            "limit": min(limit, self._row_limit),
        }
        table = await self._store.read(text("service/search"), bound, limit=limit, timeout=self._timeout)
        if not table.rows:
            raise error or EntityNotFound(f"no source speaks of {', '.join(content)}", nearest=[])
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        evidence = await self._evidence.facts((each for row in rows for each in row[EVIDENCE]), table.revision)
        for row in rows:
            row["quotes"] = [row["quote"]]
        said = "".join(f"No source names {name}. " for name in heard.unknown)
        return Answer(
            question=question,
            query=SEARCH,
            title="Quotes that speak of it",
            answer=f"{said}The best of {len(rows)} quotes: “{rows[0]['quote']}”",
            parameters={"named": [as_json(each) for each in heard.known]} | filters.parameters(EVERY_MODALITY),
            columns=("quote", "source", "score", "says"),
            rows=rows,
            evidence=evidence,
            notes=self._notes(question, heard, error),
            truncated=table.truncated,
            revision=table.revision,
        )

    async def _in_slots(self, slots: Sequence[str]) -> Mentions:
        """What is named where a pattern has names, of which one at least is not known."""
        known: list[Named] = []
        unknown: list[str] = []
        rest: list[str] = []
        for slot in slots:
            whole = await self._bears(slot)
            for part in [slot] if whole else re.split(r"\s+and\s+", slot):
                if bearers := await self._bears(part):
                    known += bearers
                elif set(part.casefold().split()) & (STOP_WORDS - {"of", "the", "a", "an"}):
                    mentions = await read_mentions(self._names, part)
                    known, unknown = [*known, *mentions.known], [*unknown, *mentions.unknown]
                    rest += mentions.rest
                else:
                    unknown.append(part)
        return Mentions(tuple(dict.fromkeys(known)), tuple(dict.fromkeys(unknown)), tuple(rest))

    async def _bears(self, name: str) -> list[Named]:
        return (await self._names.known_by([name], as_written=False)).get(name, [])

    async def _heard(self, mentions: Mentions, filters: Filters) -> Mentions:
        """A name that no entity bears, but that a quote holds, is words to look for: a person, say."""
        unknown, rest = [], list(mentions.rest)
        for name in mentions.unknown[:_MOST_UNKNOWN]:
            words = normal_words(name)
            phrase = quoted(" ".join(words)) if name != name.lower() else " AND ".join(map(quoted, words))
            bound = filters.parameters(EVERY_MODALITY) | {"words": phrase, "named": [], "bonus": 0.0, "limit": 1}
            elsewhere = name_key(name) in ELSEWHERE or not set(words) - STOP_WORDS
            if elsewhere or not (await self._store.read(text("service/search"), bound, limit=1)).rows:
                unknown.append(name)
            else:
                rest += words
        return Mentions(mentions.known, tuple(unknown), tuple(rest))

    async def _not_named(self, name: str, revision: str) -> Exception:
        """The error of a name that nothing bears, with its suggestions."""
        try:
            await self._names.resolve(name, revision)
        except (EntityNotFound, AmbiguousName) as error:
            return error
        return EntityNotFound(f"no source names {name!r}", given=name)

    def _about_nothing(self, question: str) -> str:
        """For a question that is put in words of questions alone: what it would be about is missing, or no word."""
        nearest = [title for title in self._nearest(normal_words(question), ()) if "…" not in title]
        return f"{question!r} names nothing to look for" + (f"; try: {nearest[0]}" if nearest else "")

    def _notes(self, question: str, heard: Mentions, error: EntityNotFound | None) -> list[str]:
        notes = [f"No source names {name}." for name in heard.unknown]
        notes += ["No question pattern fits, so these are the quotes that speak of it, best first; read them yourself."]
        if error and not heard.unknown:
            notes.append(error.detail[0].upper() + error.detail[1:] + ".")
        if heard.known:
            notes.append(f"The question names: {', '.join(each.name for each in heard.known)}.")
        if len(heard.known) > 1:
            notes.append("Two things are joined only where a source names them the same.")
        words = normal_words(question)
        return notes + [f"Nearest question: {title}" for title in self._nearest(words, heard.known)]

    def _nearest(self, words: Sequence[str], named: Sequence[Named]) -> list[str]:
        asked = set(words) - STOP_WORDS or set(words)
        scored = []
        for query, pattern in self._catalog.patterns():
            overlap = len(asked & pattern.words) / (1 + len(pattern.slots))
            if overlap and len(pattern.slots) <= max(1, len(named)):
                scored.append((-overlap, query.name, _example(query, pattern.expansions[0], named)))
        best = {name: example for _, name, example in sorted(scored, reverse=True)}
        ranked = sorted(
            {name: rank for rank, name, _ in sorted(scored, reverse=True)}.items(), key=lambda item: item[1]
        )
        return [best[name] for name, _ in ranked[:3]]


def _example(query: Query, expansion: str, named: Sequence[Named]) -> str:
    slots = [parameter.name for parameter in query.parameters if f"{{{parameter.name}}}" in expansion]
    for slot, each in zip(slots, named, strict=False):
        expansion = expansion.replace(f"{{{slot}}}", each.name)
    for slot in slots:
        expansion = expansion.replace(f"{{{slot}}}", "…")
    return expansion
