"""A scenario's outcome with the scores before and after it, as pages, files and commands show it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from service.answers.ask import Questions
from service.errors import UnknownResource
from service.graph.store import Store
from service.metrics.composite import DEFAULT_WEIGHTS, composite
from service.metrics.funding import Status
from service.metrics.registry import METRICS, NETWORK_METRICS
from service.network.compute import Scored, Scoring
from service.network.ties import Scope
from service.scenarios.document import Scenario, read_scenario, shipped
from service.scenarios.run import Outcome, run
from service.scenarios.state import Thing
from service.sources.entries import nearest

_SHOWN = 50
"""Bodies whose score is shown before and after: those that the steps concern, then those that change most."""

NOTE = (
    "A what-if on a copy of the network: nothing in the graph has changed, and no source says that it will happen. "
    "It breaks only what sources name; who else takes part may not be named."
)


async def named_scenario(folder: Path, name: str) -> Scenario:
    """Raises UnknownResource with the nearest name."""
    known = await asyncio.to_thread(shipped, folder)
    if name not in known:
        raise UnknownResource(f"no scenario {name!r}{nearest(name, known)}; /scenarios lists them")
    return await asyncio.to_thread(read_scenario, known[name])


async def what_if(
    store: Store, questions: Questions, scoring: Scoring, scenario: Scenario, revision: str
) -> dict[str, Any]:
    """The outcome as plain values. Raises BadScenario."""
    outcome = await run(store, questions.names, scenario, revision)
    scope = Scope(filters=scenario.filters())
    changed = await scoring.changed(scope, revision, outcome.rewired)
    shown = asdict_outcome(outcome)
    ids = [fact for effect in outcome.effects for fact in effect.evidence]
    ids += [fact for each in outcome.via_group for fact in each.evidence]
    ids += sorted(fact for fact, edge in outcome.copy.edges.items() if edge.step is not None)
    ids += [fact for t in outcome.orphaned for fact in (*t.facts, *(out.fact for out in t.left_out))]
    evidence = await questions.evidence.facts(ids, revision)
    before = await scoring.scored(scope, revision)
    after = await scoring.score(changed)
    quotes = {fact["id"]: fact["quote"] for fact in evidence}
    for row in (*shown["effects"], *shown["via_group"]):
        row["quotes"] = list(dict.fromkeys(quotes[each] for each in row["evidence"] if each in quotes))
    return shown | {
        "scores": {
            "scope": scope.as_json(),
            "network": _network(before, after),
            "organisations": _organisations(before, after, outcome),
            "evidence": sorted(fact for fact, edge in outcome.copy.edges.items() if edge.step is not None),
        },
        "evidence": evidence,
        "revision": revision,
    }


def asdict_outcome(outcome: Outcome) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "title": scenario.title,
        "note": scenario.note,
        "says": NOTE,
        "as_of": scenario.as_of,
        "steps": [
            {"number": n, "says": says, "step": step.model_dump(by_alias=True)}
            for n, (says, step) in enumerate(zip(outcome.says, scenario.steps, strict=True), start=1)
        ],
        "counts": _counts([effect.effect.value for effect in outcome.effects]),
        "effects": [
            {
                "effect": effect.effect.value,
                "thing": _thing(effect.thing),
                "bodies": [_thing(body) for body in effect.bodies],
                "step": effect.step,
                "says": effect.says,
                "planned": effect.planned,
                "evidence": list(effect.evidence),
            }
            for effect in outcome.effects
        ],
        "via_group": [
            {
                "group": _thing(each.group),
                "bodies": [_thing(body) for body in each.bodies],
                "relation": each.relation,
                "thing": _thing(each.thing),
                "says": each.says,
                "evidence": list(each.evidence),
            }
            for each in outcome.via_group
        ],
        "orphaned": [asdict(total) for total in outcome.orphaned],
    }


def against(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Two outcomes side by side: what only one of them does, and the network's scores after each."""

    def keys(outcome: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
        return {(row["effect"], row["thing"]["id"]): row for row in outcome["effects"]}

    here, there = keys(first), keys(second)
    after = {row["metric"]: row["after"] for row in second["scores"]["network"]}
    return {
        "titles": [first["title"], second["title"]],
        "only_first": [row for key, row in here.items() if key not in there],
        "only_second": [row for key, row in there.items() if key not in here],
        "both": [
            {"effect": effect, "thing": here[effect, thing]["thing"]} for effect, thing in here.keys() & there.keys()
        ],
        "network": [
            {
                "metric": row["metric"],
                "before": row["before"],
                "first": row["after"],
                "second": after[row["metric"]],
                "says": row["says"],
            }
            for row in first["scores"]["network"]
        ],
        "orphaned": [_known(first["orphaned"]), _known(second["orphaned"])],
    }


def _known(totals: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    actual = [t for t in totals if t["status"] == Status.ACTUAL]
    return {
        "known": {t["currency"]: t["total"] for t in actual if t["total"] is not None},
        "unknown": sum(t["unknown"] for t in totals),
    }


def _network(before: Scored, after: Scored) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"metric": name, "before": before.scorecard.network[name], "after": after.scorecard.network[name]}
        for name in NETWORK_METRICS
    ]
    sizes = (
        ("organisations", len(before.bodies), len(after.bodies)),
        ("without_a_tie", before.without_a_tie, after.without_a_tie),
        ("things", before.scorecard.m, after.scorecard.m),
    )
    counts = [{"metric": name, "before": was, "after": now} for name, was, now in sizes]
    counts.append({"metric": "ties", "before": before.scorecard.ties, "after": after.scorecard.ties})
    says = {name: METRICS[name].says for name in NETWORK_METRICS}
    return [row | {"change": _change(row), "says": says.get(row["metric"], "")} for row in [*counts, *rows]]


def _organisations(before: Scored, after: Scored, outcome: Outcome) -> list[dict[str, Any]]:
    """Bodies by how far their collaboration score moves. It ranks, so that only those that stand in both networks are
    compared by it; who is new or gone has values on one side.
    """
    changed: dict[str, list[str]] = {}
    for fact, edge in outcome.copy.edges.items():
        if edge.step is not None:
            changed.setdefault(outcome.copy.before[fact].object, []).append(fact)
    both = before.ranking() & after.ranking()
    was, now = (composite(each.scorecard.organisations, DEFAULT_WEIGHTS, both) for each in (before, after))
    concerned = set(outcome.concerned)
    rows = []
    for body in sorted(before.ranking() | after.ranking()):
        scored = before.bodies.get(body) or after.bodies[body]
        row: dict[str, Any] = {
            "organisation": {"id": scored.id, "name": scored.name, "kind": scored.kind},
            "concerned": body in concerned,
            "before": was[body].value if body in was else None,
            "after": now[body].value if body in now else None,
            "values": {
                name: {"before": _value(before, name, body), "after": _value(after, name, body)}
                for name in DEFAULT_WEIGHTS
            },
            "is": "new" if body not in before.bodies else "gone" if body not in after.bodies else "there",
        }
        things = {tie.thing for scores in (before, after) for tie in scores.ties.get(body, ())}
        evidence = sorted({fact for thing in things for fact in changed.get(thing, ())})
        rows.append(row | {"change": _change(row), "evidence": evidence})
    rows.sort(key=lambda row: (not row["concerned"], -abs(row["change"] or 0.0), row["organisation"]["id"]))
    return rows[:_SHOWN]


def _value(scored: Scored, metric: str, body: str) -> float | None:
    return scored.scorecard.organisations[metric].get(body)


def _change(row: Mapping[str, Any]) -> float | None:
    return None if row["before"] is None or row["after"] is None else row["after"] - row["before"]


def _thing(thing: Thing) -> dict[str, str]:
    return {"id": thing.id, "name": thing.name, "kind": thing.kind}


def _counts(words: Sequence[str]) -> dict[str, int]:
    return {word: words.count(word) for word in dict.fromkeys(words)}
