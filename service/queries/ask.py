"""Questions in, answers out: a question as typed, or a query by name with its parameters."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from service.errors import BadParameter, EntityNotFound
from service.facts.entries import nearest
from service.facts.vocabulary import Modality
from service.graph.revisions import pinned
from service.graph.store import Store
from service.graph.texts import text
from service.queries.answer import Answer, filled, sentence
from service.queries.catalog import Catalog
from service.queries.evidence import EvidenceStore
from service.queries.filters import EVERY_MODALITY, Filters
from service.queries.names import Named, Names, as_json, quoted
from service.queries.pattern import normal_words
from service.queries.statement import EVIDENCE, FILTERS, Parameter, Query, Type

SEARCH = "search"
MOST_CHARACTERS = 500

_STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
"""Words that a question is made of, not what it is about."""


class Questions:
    """Answers from one store. Every answer is true of the revision that it names."""

    def __init__(self, store: Store, catalog: Catalog, *, row_limit: int = 1000, timeout: float = 10) -> None:
        self.catalog = catalog
        self.names = Names(store)
        self.evidence = EvidenceStore(store)
        self._store = store
        self._row_limit = row_limit
        self._timeout = timeout

    async def run(
        self,
        name: str,
        given: Mapping[str, str],
        filters: Filters,
        revision: str,
        *,
        question: str | None = None,
        limit: int | None = None,
    ) -> Answer:
        """The answer of the query `name`.

        Raises UnknownQuery, BadParameter, AmbiguousName, EntityNotFound, QueryTimeout or StoreUnavailable, and
        GraphChanged where the graph is past that revision.
        """
        with pinned(revision):
            return await self._run(name, given, filters, revision, question, limit)

    async def _run(
        self,
        name: str,
        given: Mapping[str, str],
        filters: Filters,
        revision: str,
        question: str | None,
        limit: int | None,
    ) -> Answer:
        query = self.catalog[name]
        values, shown, names, fates = await self._values(query, given, revision)
        bound = values | filters.parameters(query.modality)
        shown |= {key: value for key, value in bound.items() if key in FILTERS}
        if limit is not None and not 1 <= limit <= self._row_limit:
            raise BadParameter(f"limit: {limit} is not between 1 and {self._row_limit}")
        entities = [value["id"] for value in shown.values() if isinstance(value, dict)]
        if len(entities) > 1 and len(set(entities)) == 1:
            one = next(iter(names.values()))
            return self._answer(query, question, shown, [], [], [], False, revision, f"Both names mean {one}.")
        columns = (*(column.name for column in query.columns), EVIDENCE)
        table = await self._store.read_at_once(
            query.text, columns, bound, limit=limit or self._row_limit, timeout=self._timeout
        )
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        evidence = await self.evidence.facts((each for row in rows for each in row[EVIDENCE]), table.revision)
        quotes = {fact["id"]: fact["quote"] for fact in evidence}
        for row in rows:
            row["quotes"] = list(dict.fromkeys(quotes[each] for each in row[EVIDENCE] if each in quotes))
        notes = fates + self._notes(query, rows, names, table.truncated)
        notes += await self._left_out(query, filters, bound) if not rows else []
        words = sentence(query, rows, names)
        return self._answer(query, question, shown, rows, evidence, notes, table.truncated, table.revision, words)

    async def ask(self, question: str, filters: Filters, revision: str, *, limit: int | None = None) -> Answer:
        """The answer to a question as a person types it.

        Raises BadParameter for what is no question, AmbiguousName with candidates, and EntityNotFound where nothing
        that it names is known. A question that no pattern fits is answered by search, which says so.
        """
        words = _words(question)
        unresolved: EntityNotFound | None = None
        for name, slots in self._fitting(words):
            try:
                return await self.run(name, slots, filters, revision, question=question, limit=limit)
            except EntityNotFound as error:
                if unresolved is None:
                    # The frame of the question is understood; only the names in its slots are left to look for.
                    unresolved, words = error, normal_words(" ".join(slots.values()))
        with pinned(revision):
            return await self._search(question, words, filters, revision, unresolved, limit or 20)

    def _fitting(self, words: list[str]) -> list[tuple[str, dict[str, str]]]:
        """Queries whose patterns fit, the fewest words left to names first; slips of the pen allowed last."""
        fits: list[tuple[int, int, str, dict[str, str]]] = []
        for attempt, spelt in enumerate(dict.fromkeys([tuple(words), tuple(self._spelt(words))])):
            for query, pattern in self.catalog.patterns():
                if spans := pattern.match(list(spelt)):
                    slots = {slot: " ".join(words[start:end]) for slot, (start, end) in spans.items()}
                    loose = sum(end - start for start, end in spans.values())
                    fits.append((attempt, loose, query.name, slots))
                elif not pattern.slots and " ".join(spelt) in pattern.expansions:
                    fits.append((attempt, 0, query.name, {}))
        return [(name, slots) for _, _, name, slots in sorted(fits, key=lambda fit: fit[:3])]

    def _spelt(self, words: list[str]) -> list[str]:
        """The words with slips mended towards the words that patterns use."""
        vocabulary = self.catalog.vocabulary
        mended = []
        for word in words:
            near = [] if word in vocabulary or len(word) < 4 else difflib.get_close_matches(word, vocabulary, 1, 0.8)
            mended.append(near[0] if near else word)
        return mended

    async def _values(
        self, query: Query, given: Mapping[str, str], revision: str
    ) -> tuple[dict[str, Any], dict[str, Any], dict[str, str], list[str]]:
        """Parameters as Cypher takes them, as the answer shows them, the names for its sentences, and a sentence for
        each body that is no more."""
        known = {parameter.name for parameter in query.parameters}
        for name in given:
            if name not in known:
                takes = ", ".join(sorted(known)) or "none"
                raise BadParameter(f"{query.name} has no parameter {name!r}{nearest(name, known)}; it takes {takes}")
        values: dict[str, Any] = {}
        shown: dict[str, Any] = {}
        names: dict[str, str] = {}
        fates: list[str] = []
        for parameter in query.parameters:
            raw = given.get(parameter.name)
            if raw is None or not raw.strip():
                if parameter.required:
                    raise BadParameter(f"{query.name} needs {parameter.name!r}: {parameter.description}")
                values[parameter.name] = shown[parameter.name] = parameter.default
                continue
            if len(raw) > MOST_CHARACTERS:
                raise BadParameter(f"{parameter.name}: {len(raw)} characters are more than {MOST_CHARACTERS}")
            if parameter.type is Type.ENTITY:
                named = await self.names.resolve(raw, revision, parameter.choices)
                values[parameter.name], shown[parameter.name] = named.id, as_json(named)
                names[parameter.name] = named.name
                fates += [fate] if (fate := named.fate()) else []
            else:
                values[parameter.name] = shown[parameter.name] = _typed(parameter, raw)
        return values, shown, names, fates

    def _notes(self, query: Query, rows: list[dict[str, Any]], names: Mapping[str, str], truncated: bool) -> list[str]:
        notes = [filled(grade.none, names) for grade in query.grades if all(row["grade"] != grade.name for row in rows)]
        if not rows and query.empty:
            notes.append(filled(query.empty, names))
        notes += [filled(note, names) for note in query.notes]
        if truncated:
            notes.append(f"Cut after {len(rows)} rows; there are more.")
        return notes

    async def _left_out(self, query: Query, filters: Filters, bound: Mapping[str, Any]) -> list[str]:
        """When nothing fits, say whether it was only because facts of other modality were filtered out."""
        every = [modality.value for modality in Modality]
        if filters.modality is not None or set(query.modality) == set(every):
            return []
        table = await self._store.read(query.text, {**bound, "modality": every}, limit=1, timeout=self._timeout)
        others = ", ".join(word for word in every if word not in query.modality)
        return [
            f"There is more among what is {others}: ask with modality={others.replace(', ', '&modality=')}."
        ] * bool(table.rows)

    async def _search(
        self,
        question: str,
        words: list[str],
        filters: Filters,
        revision: str,
        unresolved: EntityNotFound | None,
        limit: int,
    ) -> Answer:
        """The quotes that speak of what a question names, best first."""
        named = await self.names.spotted(" ".join(words), revision)
        content = [word for word in words if word not in _STOP_WORDS]
        if not named and not content:
            raise EntityNotFound(f"{question!r} names nothing to look for")
        bound = filters.parameters(EVERY_MODALITY)
        bound |= {
            "words": (" AND " if unresolved and not named else " OR ").join(quoted(word) for word in content or words),
            "named": [each.id for each in named],
            "bonus": 3.0,
            "limit": min(limit, self._row_limit),
        }
        table = await self._store.read(text("service/search"), bound, limit=limit, timeout=self._timeout)
        if not table.rows:
            raise unresolved or EntityNotFound(f"no source speaks of {', '.join(content)}", nearest=[])
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        evidence = await self.evidence.facts((each for row in rows for each in row[EVIDENCE]), table.revision)
        for row in rows:
            row["quotes"] = [row["quote"]]
        about = ", ".join(each.name for each in named)
        notes = ["No question pattern fits, so these are the quotes that speak of it, best first; read them yourself."]
        if unresolved:
            notes.append(unresolved.detail[0].upper() + unresolved.detail[1:] + ".")
        if about:
            notes.append(f"The question names: {about}.")
        if len(named) > 1:
            notes.append("Two things are joined only where a source names them the same.")
        notes += [f"Nearest question: {title}" for title in self._nearest(words, named)]
        return Answer(
            question=question,
            query=SEARCH,
            title="Quotes that speak of it",
            answer=f"The best of {len(rows)} quotes: “{rows[0]['quote']}”",
            parameters={"named": [as_json(each) for each in named]} | filters.parameters(EVERY_MODALITY),
            columns=("quote", "source", "score", "says"),
            rows=rows,
            evidence=evidence,
            notes=notes,
            truncated=table.truncated,
            revision=table.revision,
        )

    def _nearest(self, words: Sequence[str], named: Sequence[Named]) -> list[str]:
        asked = set(words) - _STOP_WORDS or set(words)
        scored = []
        for query, pattern in self.catalog.patterns():
            overlap = len(asked & pattern.words) / (1 + len(pattern.slots))
            if overlap and len(pattern.slots) <= max(1, len(named)):
                scored.append((-overlap, query.name, _example(query, pattern.expansions[0], named)))
        best = {name: example for _, name, example in sorted(scored, reverse=True)}
        ranked = sorted(
            {name: rank for rank, name, _ in sorted(scored, reverse=True)}.items(), key=lambda item: item[1]
        )
        return [best[name] for name, _ in ranked[:3]]

    def _answer(
        self,
        query: Query,
        question: str | None,
        shown: dict[str, Any],
        rows: list[dict[str, Any]],
        evidence: list[dict[str, Any]],
        notes: list[str],
        truncated: bool,
        revision: str,
        words: str,
    ) -> Answer:
        named = {key: value["name"] for key, value in shown.items() if isinstance(value, dict)}
        return Answer(
            question=question,
            query=query.name,
            title=query.title,
            answer=words,
            parameters=shown,
            columns=tuple(column.name for column in query.columns),
            rows=rows,
            evidence=evidence,
            notes=notes or ([words] if not rows else []),
            truncated=truncated,
            revision=revision,
            grades={grade.name: filled(grade.means, named) for grade in query.grades},
        )


def _example(query: Query, expansion: str, named: Sequence[Named]) -> str:
    slots = [parameter.name for parameter in query.parameters if f"{{{parameter.name}}}" in expansion]
    for slot, each in zip(slots, named, strict=False):
        expansion = expansion.replace(f"{{{slot}}}", each.name)
    for slot in slots:
        expansion = expansion.replace(f"{{{slot}}}", "…")
    return expansion


def _words(question: str) -> list[str]:
    if len(question) > MOST_CHARACTERS:
        raise BadParameter(f"a question of {len(question)} characters; ask in at most {MOST_CHARACTERS}")
    if any(ord(char) < 32 and char not in "\t\n\r" for char in question):
        raise BadParameter("the question holds control characters")
    words = normal_words(question)
    if not any(char.isalnum() for word in words for char in word):
        raise BadParameter("the question holds no words; ask for example: who funds superfast broadband")
    return words


def _typed(parameter: Parameter, raw: str) -> Any:
    try:
        match parameter.type:
            case Type.INTEGER:
                return int(raw)
            case Type.DATE:
                return date.fromisoformat(raw)
            case Type.CHOICE if raw not in parameter.choices:
                raise ValueError
    except ValueError:
        wanted = f"one of {', '.join(parameter.choices)}" if parameter.choices else f"a {parameter.type.value.lower()}"
        raise BadParameter(f"{parameter.name}: {raw!r} is not {wanted}{nearest(raw, parameter.choices)}") from None
    return raw
