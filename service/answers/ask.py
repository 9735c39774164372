"""Questions in, answers out: a question as typed, or a query by name with its parameters."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from typing import Any

from service.answers.answer import Answer, filled, sentence
from service.answers.catalog import Catalog
from service.answers.evidence import EvidenceStore
from service.answers.filters import Filters
from service.answers.pattern import typed_words
from service.answers.search import Search, Unresolved
from service.answers.statements import EVIDENCE, FILTERS, Parameter, Query, Type
from service.errors import BadParameter, EntityNotFound
from service.graph.revisions import pinned
from service.graph.store import Store
from service.identity.elsewhere import ELSEWHERE
from service.identity.names import Names, as_json
from service.model.name_keys import name_key
from service.model.vocabulary import Modality
from service.sources.entries import nearest

MOST_CHARACTERS = 500


class Questions:
    """Answers from one store. Every answer is true of the revision that it names."""

    def __init__(self, store: Store, catalog: Catalog, *, row_limit: int = 1000, timeout: float = 10) -> None:
        self.catalog = catalog
        self.names = Names(store, catalog.vocabulary)
        self.evidence = EvidenceStore(store)
        self._search = Search(store, catalog, self.names, self.evidence, row_limit=row_limit, timeout=timeout)
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
        typed = _words(question)
        unresolved: Unresolved | None = None
        for name, slots in self._fitting(typed):
            try:
                return await self.run(name, slots, filters, revision, question=question, limit=limit)
            except EntityNotFound as error:
                # The frame of the question is understood; only the names in its slots are left to look for.
                unresolved = unresolved or Unresolved(error, tuple(slots.values()))
        with pinned(revision):
            return await self._search.quotes(question, unresolved, filters, revision, limit or 20)

    def _fitting(self, typed: list[str]) -> list[tuple[str, dict[str, str]]]:
        """Queries whose patterns fit, the fewest words left to names first; slips of the pen allowed last."""
        fits: list[tuple[int, int, str, dict[str, str]]] = []
        words = [word.casefold() for word in typed]
        if all(word.isupper() for word in typed if word.isalpha()):
            typed = words  # all in capitals: they do not tell names from other words
        for attempt, spelt in enumerate(dict.fromkeys([tuple(words), tuple(self._spelt(typed))])):
            for query, pattern in self.catalog.patterns():
                if spans := pattern.match(list(spelt)):
                    slots = {slot: " ".join(typed[start:end]) for slot, (start, end) in spans.items()}
                    loose = sum(end - start for start, end in spans.values())
                    fits.append((attempt, loose, query.name, slots))
                elif not pattern.slots and " ".join(spelt) in pattern.expansions:
                    fits.append((attempt, 0, query.name, {}))
        return [(name, slots) for _, _, name, slots in sorted(fits, key=lambda fit: fit[:3])]

    def _spelt(self, typed: list[str]) -> list[str]:
        """The words with slips mended towards the words that patterns use. A name has none: Leeds is not 'leads'."""
        vocabulary = self.catalog.vocabulary
        mended = []
        for at, word in enumerate(typed):
            name = (at > 0 and word[:1].isupper()) or name_key(word) in ELSEWHERE
            word = word.casefold()
            kept = name or word in vocabulary or len(word) < 4
            near = [] if kept else difflib.get_close_matches(word, vocabulary, 1, 0.8)
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
        if not table.rows:
            return []
        others = ", ".join(word for word in every if word not in query.modality)
        return [f"There is more among what is {others}: ask with modality={others.replace(', ', '&modality=')}."]

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


def _words(question: str) -> list[str]:
    if len(question) > MOST_CHARACTERS:
        raise BadParameter(f"a question of {len(question)} characters; ask in at most {MOST_CHARACTERS}")
    if any(ord(char) < 32 and char not in "\t\n\r" for char in question):
        raise BadParameter("the question holds control characters")
    words = typed_words(question)
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
