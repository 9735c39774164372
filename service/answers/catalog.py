"""The catalogue: every file of cypher/read, checked against each other and against Neo4j before the first answer."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.answers.pattern import AskPattern
from service.answers.statements import EVIDENCE, FILTERS, Query, read_query
from service.errors import (
    DuplicateQuery,
    ParameterMismatch,
    QueryFailed,
    StatementError,
    StatementErrors,
    UnknownQuery,
    WriteInRead,
)
from service.graph.cypher_expansion import CYPHER
from service.graph.store import Store
from service.sources.entries import nearest


@dataclass(frozen=True, slots=True)
class Catalog:
    queries: Mapping[str, Query]
    vocabulary: Mapping[str, int]
    """The words of all ask patterns, with how many queries use them."""

    def __iter__(self) -> Iterator[Query]:
        return iter(self.queries.values())

    def __getitem__(self, name: str) -> Query:
        """Raises UnknownQuery, with the nearest name."""
        try:
            return self.queries[name]
        except KeyError:
            raise UnknownQuery(f"no query {name!r}{nearest(name, self.queries)}; /queries lists them") from None

    def patterns(self) -> Iterator[tuple[Query, AskPattern]]:
        for query in self:
            for pattern in query.ask:
                yield query, pattern


def read_catalog(folder: Path = CYPHER) -> Catalog:
    """Read cypher/read. Raises StatementErrors with everything wrong in all of its files."""
    queries, errors = dict[str, Query](), list[StatementError]()
    for path in sorted((folder / "read").rglob("*.cypher")):
        try:
            query = read_query(path)
        except StatementErrors as error:
            errors.extend(each for each in error.errors if isinstance(each, StatementError))
            continue
        if query.name in queries:
            detail = f"the name {query.name!r} is taken by {queries[query.name].file}"
            errors.append(DuplicateQuery(detail, file=query.file))
        queries[query.name] = query
    errors.extend(_asked_twice(queries))
    if errors:
        raise StatementErrors(errors)
    words = Counter(word for query in queries.values() for word in {w for p in query.ask for w in p.words})
    return Catalog(queries, words)


def _asked_twice(queries: Mapping[str, Query]) -> Iterator[StatementError]:
    """Two patterns ask the same where they have an expansion in common, whatever their slots are called."""
    asked: dict[str, tuple[Query, AskPattern]] = {}
    for query in queries.values():
        for pattern in query.ask:
            said = {
                " ".join("{}" if word.startswith("{") else word for word in text.split()) for text in pattern.expansions
            }
            for text in sorted(said):
                other, first = asked.setdefault(text, (query, pattern))
                if other is not query:
                    where = f"{other.file}:{other.lines.get(f'ask {first.text}', 1)}"
                    line = query.lines.get(f"ask {pattern.text}", 1)
                    yield DuplicateQuery(f"{text!r} is asked already at {where}", file=query.file, line=line)
                    break


async def check_catalog(catalog: Catalog, store: Store, remembered: Path) -> None:
    """Let Neo4j plan every query: none writes, and each returns just the columns that its header declares.

    What this server has planned before is not planned again: a mark in the folder `remembered` says so, named for the
    texts and the server's version. Raises StatementErrors with file and line.
    """
    texts = "".join(f"{query.name}{query.text}{query.columns}" for query in catalog)
    mark = remembered / f"planned-{hashlib.sha256((await store.server() + texts).encode()).hexdigest()[:16]}"
    if await asyncio.to_thread(mark.exists):
        return
    await _plan_all(catalog, store)
    await asyncio.to_thread(_leave, mark)


def _leave(mark: Path) -> None:
    with suppress(OSError):  # a mark that cannot be left costs the next start some seconds, no more
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


async def _plan_all(catalog: Catalog, store: Store) -> None:
    errors: list[StatementError] = []
    for query in catalog:
        parameters = dict.fromkeys([*FILTERS, *(parameter.name for parameter in query.parameters)])
        try:
            plan = await store.explain(query.text, parameters)
        except QueryFailed as error:
            errors.append(StatementError(error.detail, file=query.file, line=error.extra.get("line", 1)))
            continue
        if plan.type != "r":
            errors.append(WriteInRead("Neo4j plans a write; a file in cypher/read only reads", file=query.file))
        declared = [column.name for column in query.columns] + [EVIDENCE]
        for name in declared:
            if name not in plan.columns:
                detail = f"column {name!r} is not returned{nearest(name, plan.columns)}"
                errors.append(ParameterMismatch(detail, file=query.file, line=query.lines.get(f"column {name}", 1)))
        for name in plan.columns:
            if name not in declared:
                detail = f"column {name!r} is returned but not declared{nearest(name, declared)}"
                errors.append(ParameterMismatch(detail, file=query.file, line=1))
    if errors:
        raise StatementErrors(errors)
