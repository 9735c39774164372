"""Scores as flat rows: what pages, files and commands show of a network, its bodies and its pairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from service.errors import BadParameter
from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.composite import DECIMALS, DEFAULT_WEIGHTS, check_weights, place
from service.metrics.degree import centralization, clustering, density
from service.metrics.projection import missing_links, pairs, projection
from service.metrics.registry import METRICS, NETWORK_METRICS, ORGANISATION_METRICS
from service.metrics.robustness import fragmentation, resilience
from service.metrics.significance import significance
from service.metrics.two_mode import tied
from service.network.compute import Scored

MOST_MISSING = 1000
_WHOLE = 3000
"""Organisations up to which missing links are sought for all at once, and the network is computed without one body."""


def named(scored: Scored, node: Any) -> dict[str, str]:
    body = scored.bodies[node]
    return {"id": body.id, "name": body.name, "kind": body.kind}


def read_weights(given: list[str]) -> Mapping[str, float]:
    """Weights as `breadth:2`. Raises BadParameter for one that is none."""
    weights: dict[str, float] = {}
    for each in given:
        name, _, value = each.partition(":")
        try:
            weights[name] = float(value)
        except ValueError:
            raise BadParameter(f"weight: {each!r} is not name:number, as in breadth:2") from None
    check_weights(weights or DEFAULT_WEIGHTS, dict.fromkeys(ORGANISATION_METRICS))
    return weights or DEFAULT_WEIGHTS


def network_rows(scored: Scored) -> list[dict[str, Any]]:
    """The network's scores, each with its account."""
    facts = f"/facts?{scored.scope.facts_query()}"
    return [
        _account(scored, name, scored.scorecard.network[name], METRICS[name].undefined, facts)
        for name in NETWORK_METRICS
    ]


def body_rows(scored: Scored, body: str) -> list[dict[str, Any]]:
    """The scores of one body, each with its account and its place among the bodies that rank."""
    rows = []
    for metric in ORGANISATION_METRICS:
        value = scored.scorecard.organisations[metric].get(body)
        shown = _account(scored, metric, value, scored.why_null(metric, body), evidence_of(scored, body))
        rows.append(
            shown
            | {
                "percentile": scored.percentiles(metric).get(body),
                "percentile_reason": scored.why_no_percentile(metric, body),
                "of": place(scored.ranked(metric), body).of,
            }
        )
    return rows


def _account(scored: Scored, metric: str, value: float | None, undefined: str, evidence: str) -> dict[str, Any]:
    """A score as it is shown; `evidence` is the address of the facts that made it."""
    about = scored.account(metric) | {"scope": scored.scope.as_json(), "evidence": evidence}
    return {"value": value, "reason": undefined if value is None else None, **about}


def evidence_of(scored: Scored, body: str) -> str:
    """Where the facts stand that made the scores of a body, group memberships among them."""
    return f"/scores/organisations/{body}?{scored.scope.query()}"


def organisation_rows(
    scored: Scored, weights: Mapping[str, float], sort: str = "collaboration"
) -> list[dict[str, Any]]:
    """One row a body that the scope ranks: the highest of `sort` first, bodies without a value last, ties by id.

    Raises BadParameter for a sort that is no metric.
    """
    if sort != "collaboration" and sort not in ORGANISATION_METRICS:
        raise BadParameter(f"sort: {sort!r} is not collaboration or one of {', '.join(ORGANISATION_METRICS)}")
    scorecard = scored.scorecard
    rows = []
    for node, total in scored.collaboration(weights).items():
        body = str(node)
        row: dict[str, Any] = {"rank": None, "organisation": named(scored, node), "collaboration": total.value}
        row["reason"] = scored.why_no_collaboration(body, weights)
        row |= {f"{name}_percentile": rank for name, rank in total.parts.items()}
        row |= {name: scorecard.organisations[name].get(node) for name in ORGANISATION_METRICS}
        rows.append(row | {"community": scorecard.communities.get(node), "evidence": evidence_of(scored, body)})
    rows.sort(key=lambda row: (row[sort] is None, -round(row[sort] or 0.0, DECIMALS), row["organisation"]["id"]))
    rank, last = 0, None
    for number, row in enumerate(rows, start=1):
        if row[sort] is None:
            break
        value = round(row[sort], DECIMALS)
        rank, last = (rank if value == last else number), value
        row["rank"] = rank
    return rows


def pair_rows(scored: Scored, of: str | None, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    """How many pairs share something, and some of them, the strongest first."""
    if _tied_to_nothing(scored, of):
        return 0, []
    found = pairs(scored.graph, of=of)
    rows = [
        {
            "a": named(scored, pair.a),
            "b": named(scored, pair.b),
            "shared": pair.shared,
            "strength": pair.strength,
            "jaccard": pair.jaccard,
            "overlap": pair.overlap,
            "cosine": pair.cosine,
            "things": _things(scored, str(pair.a), str(pair.b)),
            "evidence": _facts(scored, str(pair.a), str(pair.b)),
        }
        for pair in found[offset : offset + limit]
    ]
    return len(found), rows


def backbone_rows(
    rate: float, scored: Scored, of: str | None, offset: int, limit: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many pairs share more than chance would give both at a false-discovery rate, and some, the rarest first.

    Raises BadParameter where the model of chance cannot meet this network's sizes.
    """
    if _tied_to_nothing(scored, of):
        return 0, []
    try:
        found = significance(scored.graph)
    except ArithmeticError as error:
        raise BadParameter(f"backbone: chance cannot be told in this network: {error}") from None
    top = scored.graph.top
    chosen = sorted(
        (float(found.p[k]), str(top[found.low[k]]), str(top[found.high[k]]), int(k))
        for k in np.flatnonzero(found.q <= rate)
        if of is None or of in (top[found.low[k]], top[found.high[k]])
    )
    rows = [
        {
            "a": named(scored, a),
            "b": named(scored, b),
            "shared": int(found.shared[k]),
            "p": p,
            "q": float(found.q[k]),
            "things": _things(scored, a, b),
            "evidence": _facts(scored, a, b),
        }
        for p, a, b, k in chosen[offset : offset + limit]
    ]
    return len(chosen), rows


def missing_rows(scored: Scored, of: str | None, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    """Likely partners that share nothing yet, at most MOST_MISSING of them."""
    if of is None and len(scored.graph.top) > _WHOLE:
        raise BadParameter(
            f"missing: among {len(scored.graph.top):,} bodies, say of which one: organisation=, by id or name"
        )
    if _tied_to_nothing(scored, of):
        return 0, []
    found = missing_links(scored.graph, MOST_MISSING, of=of)
    rows = [{"a": named(scored, link.a), "b": named(scored, link.b), "index": link.index} for link in found]
    return len(rows), rows[offset : offset + limit]


def if_it_left(scored: Scored, node: str) -> list[dict[str, Any]]:
    """The network's scores without the body, those that change most first; none past some thousand bodies."""
    graph = scored.graph
    if len(graph.top) > _WHOLE or len(graph.top) < 2 or node not in graph:
        return []
    keep = [i for i, each in enumerate(graph.top) if each != node]
    without = tied(TwoModeGraph([graph.top[i] for i in keep], graph.bottom, graph.incidence[keep]))
    flat = projection(without)
    after = {
        "density": density(without),
        "centralization": centralization(flat),
        "clustering": clustering(without),
        "fragmentation": fragmentation(flat),
        "resilience": resilience(without, flat).value,
    }
    rows = []
    for name, value in after.items():
        before = scored.scorecard.network[name]
        change = None if value is None or before is None else value - before
        rows.append({"metric": name, "before": before, "after": value, "change": change})
    return sorted(rows, key=lambda row: (row["change"] is None, -abs(row["change"] or 0.0), row["metric"]))


def _tied_to_nothing(scored: Scored, of: str | None) -> bool:
    """Whether the body that is asked about has no tie. Raises BadParameter where there is no such body."""
    if of is not None and of not in scored.bodies:
        raise BadParameter(f"organisation: {of!r} is no body in this network")
    return of is not None and of not in scored.graph


def _things(scored: Scored, a: str, b: str) -> list[str]:
    return sorted({tie.thing for tie in scored.ties.get(a, ())} & {tie.thing for tie in scored.ties.get(b, ())})


def _facts(scored: Scored, a: str, b: str) -> list[str]:
    shared = set(_things(scored, a, b))
    ties = [*scored.ties.get(a, ()), *scored.ties.get(b, ())]
    return list(dict.fromkeys(fact for tie in ties if tie.thing in shared for fact in tie.facts))
