"""Facts in full, for the rows that rest on them, kept while the graph stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from service.graph.cypher_files import text
from service.graph.revisions import pinned
from service.graph.store import Store
from service.model.schema import FACT_FIELDS

FactRow = dict[str, Any]


def fact_row(row: list[Any]) -> FactRow:
    """A fact as every answer shows it."""
    return dict(zip(FACT_FIELDS, row, strict=True))


class EvidenceStore:
    """Facts by id. Those asked for lately are kept, and forgotten when the graph changes."""

    def __init__(self, store: Store, *, kept: int = 20_000) -> None:
        self._store = store
        self._kept: OrderedDict[str, FactRow] = OrderedDict()
        self._size = kept
        self._revision = ""

    async def facts(self, ids: Iterable[str], revision: str) -> list[FactRow]:
        """The facts with these ids at a revision, in this order; ids that no edge bears are left out.

        Raises GraphChanged where the graph is past that revision.
        """
        if revision != self._revision:
            self._kept, self._revision = OrderedDict(), revision
        kept = self._kept  # of this revision, whatever others ask for while this waits
        wanted = list(dict.fromkeys(ids))
        found = {each: kept[each] for each in wanted if each in kept}
        if missing := [each for each in wanted if each not in found]:
            with pinned(revision):
                table = await self._store.read_at_once(
                    text("service/facts-by-id"), FACT_FIELDS, {"ids": missing}, limit=len(missing)
                )
            found |= {row[0]: fact_row(row) for row in table.rows}
            kept.update((each, found[each]) for each in missing if each in found)
        while len(kept) > self._size:
            kept.popitem(last=False)
        return [found[each] for each in wanted if each in found]
