"""Who is tied to what, under a scope: the rows that scores are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from service.answers.filters import Filters
from service.graph.cypher_files import text
from service.graph.store import Store, Table
from service.model.vocabulary import DEFAULT_TYING


class Ranked(StrEnum):
    """Kinds of organisation that can be ranked."""

    AUTHORITY = "Authority"
    AGENCY = "Agency"
    PARTNERSHIP = "Partnership"
    GROUP = "Group"


DEFAULT_RELATIONS = tuple(sorted(DEFAULT_TYING))  # in the order that every scope has, so that two of the same are one
_MOST_ROWS = 5_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What counts as a tie, and who is ranked."""

    relations: tuple[str, ...] = DEFAULT_RELATIONS
    filters: Filters = field(default_factory=Filters)
    groups: str = "keep"
    """`keep` a group as one node, `expand` it to its known members, or `drop` it."""

    kinds: tuple[str, ...] = ()
    """Kinds of organisation that are ranked; all but groups where it is empty. All take part in the network."""

    unnamed: bool = False
    """Whether a body that stands for somebody whom no source names ranks too."""

    def why_unranked(self, body: Body) -> str | None:
        """Why this body has no place among the others; None for one that ranks."""
        if not body.named and not self.unnamed:
            return "it stands for somebody whom no source names: it ranks with named=any"
        if self.kinds:
            return None if body.kind in self.kinds else f"{body.kind} is not a kind that is ranked here"
        return "a group ranks only where it is asked for: kind=Group" if body.kind == Ranked.GROUP else None

    def facts_query(self) -> str:
        """The facts that tie under this scope, as a query of /facts."""
        shown = self.filters.parameters()
        days = [(name, str(shown[name])) for name in ("as_of", "known_at") if shown[name]]
        left_out = [] if shown["disputed"] else [("disputed", "leave_out")]
        several = [("relation", self.relations), ("basis", shown["basis"]), ("modality", shown["modality"])]
        return urlencode([(name, value) for name, values in several for value in values] + days + left_out)

    def query(self) -> str:
        """This scope as a query of /scores."""
        kinds = [("kind", kind) for kind in self.kinds]
        named = [("named", "any")] if self.unnamed else []
        return "&".join([self.facts_query(), urlencode([("groups", self.groups), *kinds, *named])])

    def as_json(self) -> dict[str, Any]:
        shown = self.filters.parameters()
        return {
            "relations": list(self.relations),
            "groups": self.groups,
            "kinds": list(self.kinds),
            "unnamed": self.unnamed,
        } | shown


@dataclass(frozen=True, slots=True)
class Body:
    id: str
    name: str
    kind: str
    tier: str | None
    named: bool = True
    """False for one that stands for somebody whom no source names."""


@dataclass(frozen=True, slots=True)
class Tie:
    organisation: str
    thing: str
    relation: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    bodies: tuple[Body, ...]
    ties: tuple[Tie, ...]
    revision: str


async def read_ties(store: Store, scope: Scope) -> Ties:
    """The organisations and ties under a scope. An empty graph gives none of either."""
    bound = scope.filters.parameters()

    async def read(name: str, *columns: str, **more: Any) -> Table:
        return await store.read_at_once(text(f"service/{name}"), columns, bound | more, limit=_MOST_ROWS, timeout=120)

    table = await read("ties", "organisation", "thing", "relation", "fact", relations=list(scope.relations))
    everyone = await read("organisations", "id", "name", "kind", "tier", "named")
    members = await read("group-members", "group", "member", "fact")
    bodies = [Body(*row) for row in everyone.rows]
    ties = [Tie(organisation, thing, relation, (fact,)) for organisation, thing, relation, fact in table.rows]
    known: dict[str, list[tuple[str, str]]] = {}
    for group, member, fact in members.rows:
        known.setdefault(group, []).append((member, fact))
    groups = {body.id for body in bodies if body.kind == "Group"}
    if scope.groups == "drop":
        ties = [tie for tie in ties if tie.organisation not in groups]
        bodies = [body for body in bodies if body.id not in groups]
    elif scope.groups == "expand":
        ties = _expanded(ties, known)
        bodies = [body for body in bodies if body.id not in known]
    return Ties(tuple(bodies), tuple(ties), table.revision)


def _expanded(ties: list[Tie], known: Mapping[str, list[tuple[str, str]]]) -> list[Tie]:
    """Each tie of a group as ties of its known members, resting on the membership too. A member's own tie wins."""
    found = {(tie.organisation, tie.thing, tie.relation): tie for tie in ties if tie.organisation not in known}
    for tie in ties:
        for member, fact in known.get(tie.organisation, ()):
            through = Tie(member, tie.thing, tie.relation, (fact, *tie.facts))
            found.setdefault((member, tie.thing, tie.relation), through)
    return [found[key] for key in sorted(found)]
