"""What the page of one body or thing shows beside its facts: a picture, partners, figures, its place, a timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.answers.ask import Questions
from service.answers.filters import Filters
from service.charts.map import Edge, Map, Node, draw
from service.graph.cypher_files import text
from service.graph.store import Store
from service.metrics.composite import DEFAULT_WEIGHTS, place
from service.metrics.registry import METRICS
from service.model.vocabulary import ORGANISATIONS, Kind, Modality
from service.network.compute import Scoring
from service.network.ties import Scope

_MOST_DRAWN = 60
_MOST_PARTNERS = 300
_MOST_SCORED = 3000
"""Organisations up to which a page waits for the scores; past it, it leads to them."""

_SHARING = "partners-sharing-services"
_TAKING_PART = "participants"
_FIGURES = "figures"

_BEGINS = {Modality.ACTUAL: "began", Modality.ENDED: "began", Modality.PLANNED: "planned to begin"}
_GIVES = {Modality.ACTUAL: "given", Modality.ENDED: "given", Modality.PLANNED: "planned to be given"}
_ENDS = {Modality.ACTUAL: "ended", Modality.ENDED: "ended", Modality.PLANNED: "planned to end"}

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline."""

    date: str
    """As exact as it is known: a year, a month or a day."""

    says: str
    fact: Fact | None
    """None where a register or a source as a whole says so."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body stands among the others by one score."""

    metric: str
    says: str
    value: float | None
    percentile: float | None
    reason: str | None
    """Why it has no percentile; None where it has."""

    rank: int | None
    of: int


def picture(facts: Sequence[Fact]) -> tuple[Map | None, int]:
    """What an entity is tied to, as far as it stays readable, and how many ends are not drawn."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        ends = (fact["subject"], fact["object"])
        if Kind.SOURCE in {end["kind"] for end in ends} or ends[0]["id"] == ends[1]["id"]:
            continue
        if len(nodes) >= _MOST_DRAWN and not all(end["id"] in nodes for end in ends):
            continue
        nodes |= {end["id"]: Node(end["id"], end["name"], end["kind"], None) for end in ends}
        edges.setdefault((ends[0]["id"], ends[1]["id"]), []).append(fact["relation"].lower().replace("_", " "))
    ends_of = {end["id"] for fact in facts for end in (fact["subject"], fact["object"]) if end["kind"] != Kind.SOURCE}
    lines = [Edge(one, other, 1.0, ", ".join(sorted(set(says)))) for (one, other), says in sorted(edges.items())]
    return draw(list(nodes.values()), lines), len(ends_of - nodes.keys())


async def partners(
    questions: Questions, entity: Mapping[str, Any], filters: Filters, revision: str
) -> dict[str, Any] | None:
    """Who an organisation shares something with, or who takes part in a thing: the answer of the named query."""
    if entity["kind"] in ORGANISATIONS:
        name, given = _SHARING, {"body": entity["id"]}
    elif entity["kind"] in (Kind.PROGRAMME, Kind.SHARED_SERVICE, Kind.PLACE, Kind.EVENT):
        name, given = _TAKING_PART, {"thing": entity["id"]}
    else:
        return None
    answer = await questions.run(name, given, filters, revision, limit=_MOST_PARTNERS)
    ((parameter, value),) = given.items()
    href = f"/queries/{name}.html?{parameter}={value}"
    return {"rows": answer.rows, "grades": answer.grades, "truncated": answer.truncated, "href": href}


async def figures(questions: Questions, entity: Mapping[str, Any], filters: Filters, revision: str) -> dict[str, Any]:
    answer = await questions.run(_FIGURES, {"thing": entity["id"]}, filters, revision, limit=_MOST_PARTNERS)
    facts = {fact["id"]: fact for fact in answer.evidence}
    return {"rows": answer.rows, "facts": facts, "href": f"/queries/{_FIGURES}.html?thing={entity['id']}"}


async def places(
    store: Store, scoring: Scoring, entity: Mapping[str, Any], filters: Filters, revision: str
) -> list[Place]:
    """The collaboration score of a body and its parts, each with its place among the others.

    None for what is no organisation, for a body that the filters leave out, and in a network too large to wait for.
    """
    if entity["kind"] not in ORGANISATIONS:
        return []
    scope, body = Scope(filters=filters), entity["id"]
    bound = filters.parameters() | {"relations": list(scope.relations), "most": _MOST_SCORED + 1}
    tied = await store.read(text("service/tied"), bound)
    if tied.rows[0][0] > _MOST_SCORED:
        return []
    scored = await scoring.scored(scope, revision)
    if body not in scored.bodies:
        return []
    totals = {node: each.value for node, each in scored.collaboration(DEFAULT_WEIGHTS).items()}
    own, why = totals.get(body), scored.why_no_collaboration(body, DEFAULT_WEIGHTS)
    stands = place(totals, body)
    found = [Place("collaboration", "The mean of the ranks below.", own, own, why, stands.rank, stands.of)]
    for name in DEFAULT_WEIGHTS:
        value, percentile = scored.scorecard.organisations[name].get(body), scored.percentiles(name).get(body)
        stands = place(scored.ranked(name), body)
        why = scored.why_no_percentile(name, body)
        found.append(Place(name, METRICS[name].says, value, percentile, why, stands.rank, stands.of))
    return found


async def timeline(store: Store, entity: Mapping[str, Any], facts: Sequence[Fact]) -> list[Happening]:
    """What has a day of its own, and when each source first spoke of the entity, in the order of time."""
    found = []
    for fact in facts:
        modality = Modality(fact["modality"])
        begins = _GIVES if fact["relation"] == "FUNDS" else _BEGINS
        for day, words in ((fact["valid_from"], begins), (fact["valid_until"], _ENDS)):
            if day is not None and modality in words:
                found.append(Happening(str(day), words[modality], fact))
    for day, says in ((entity.get("exists_from"), "came to be"), (entity.get("exists_until"), "came to an end")):
        if day is not None:
            found.append(Happening(str(day), f"{entity['name']} {says}", None))
    recorded: dict[tuple[str, str], int] = {}
    for fact in facts:
        key = (str(fact["recorded"]), fact["source"])
        recorded[key] = recorded.get(key, 0) + 1
    names = await store.read(text("service/named"), {"ids": sorted({source for _, source in recorded})})
    named = {id_: name for id_, name, _ in names.rows}
    for (day, source), count in recorded.items():
        says = f"{named.get(source, source)} speaks of it: {count} fact{'' if count == 1 else 's'}"
        found.append(Happening(day, says, None))
    return sorted(found, key=lambda each: (each.date, each.fact is not None, each.says))
