"""Every metric by name: what it is, in a sentence and in a formula, where it comes from, when it is not defined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

VERSION = "2"

Level = Literal["organisation", "network", "money"]
Projection = Literal["two-mode", "one-mode", "none"]


@dataclass(frozen=True, slots=True)
class Metric:
    name: str
    level: Level
    says: str
    """What a high value means, in one sentence."""

    definition: str
    citation: str
    projection: Projection
    weight: str | None
    undefined: str
    """The reason given where the value is null."""


def _organisation(
    name: str, says: str, definition: str, citation: str, projection: Projection, weight: str | None, undefined: str
) -> Metric:
    return Metric(name, "organisation", says, definition, citation, projection, weight, undefined)


def _network(
    name: str, says: str, definition: str, citation: str, projection: Projection, weight: str | None, undefined: str
) -> Metric:
    return Metric(name, "network", says, definition, citation, projection, weight, undefined)


_NEWMAN = "w_ij = sum_k b_ik b_jk / (d_k - 1)"
_ALONE = "it shares nothing with another body"


def _money(name: str, says: str, definition: str, citation: str, undefined: str) -> Metric:
    return Metric(name, "money", says, definition, citation, "none", "known amounts, one currency", undefined)


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        _organisation(
            "breadth",
            "How many things it takes part in.",
            "r_i",
            "Borgatti & Everett 1997",
            "two-mode",
            None,
            "there is no such body",
        ),
        _organisation(
            "breadth_share",
            "Which share of all things it takes part in.",
            "r_i / m",
            "Borgatti & Everett 1997",
            "two-mode",
            None,
            "there is nothing to take part in",
        ),
        _organisation(
            "reach",
            "Which share of the other bodies it meets somewhere.",
            "organisations within two steps / (n - 1)",
            "Borgatti & Everett 1997",
            "two-mode",
            None,
            "there is no other body",
        ),
        _organisation(
            "brokerage",
            "How often the shortest chain between others leads through it.",
            "two-mode betweenness, of the most that its side can have",
            "Borgatti & Everett 1997; Brandes 2001; where sampled: Riondato & Kornaropoulos 2016, Borassi & Natale "
            "2019, Hoeffding 1963",
            "two-mode",
            None,
            "nobody could stand between others here",
        ),
        _organisation(
            "closeness",
            "How near it is to all others by chains of shared things.",
            "harmonic closeness: sum of 1/distance to all other bodies and things / (m + (n - 1)/2)",
            "Boldi & Vigna 2014; where sampled: Eppstein & Wang 2004, Hoeffding 1963",
            "two-mode",
            None,
            "there is nothing to be near to",
        ),
        _organisation(
            "weighted_brokerage",
            "How often the strongest chain between others leads through it.",
            "betweenness on the projection, distance 1/w, of the pairs of others",
            "Brandes 2001; where sampled: Riondato & Kornaropoulos 2016, Hoeffding 1963",
            "one-mode",
            _NEWMAN,
            "there are fewer than three bodies",
        ),
        _organisation(
            "constraint",
            "How far its partners are each other's partners too: low is free to broker.",
            "sum_j (p_ij + sum_q p_iq p_qj)^2",
            "Burt 1992",
            "one-mode",
            _NEWMAN,
            _ALONE,
        ),
        _organisation(
            "effective_size",
            "How many separate circles its partners form.",
            "N - 2t/N",
            "Borgatti 1997",
            "one-mode",
            None,
            _ALONE,
        ),
        _organisation(
            "efficiency",
            "Which share of its partners it could not reach through the others.",
            "effective size / N",
            "Burt 1992",
            "one-mode",
            None,
            _ALONE,
        ),
        _organisation(
            "core",
            "How deep in the core of the network it is.",
            "k-core number",
            "Seidman 1983",
            "one-mode",
            None,
            "there is no such body",
        ),
        _organisation(
            "fragmentation_change",
            "How much the network would fall apart if it left.",
            "fragmentation without it - fragmentation",
            "Borgatti 2006",
            "two-mode",
            None,
            "there are fewer than three bodies",
        ),
        _network(
            "density",
            "Which share of all possible ties there is.",
            "L / (n m)",
            "Borgatti & Everett 1997",
            "two-mode",
            None,
            "there are no bodies or no things",
        ),
        _network(
            "centralization",
            "How far the network hangs on one body.",
            "sum(max - d_i) / ((n - 1)(n - 2))",
            "Freeman 1978",
            "one-mode",
            None,
            "there are fewer than three bodies",
        ),
        _network(
            "clustering",
            "How often two who share one thing share another.",
            "4 C4 / L3",
            "Robins & Alexander 2004",
            "two-mode",
            None,
            "no chain of three ties",
        ),
        _network(
            "core_periphery",
            "How well the network fits a core and a periphery.",
            "the best corr(A, D) that was found, D_ij = 1 if i or j is in the core",
            "Borgatti & Everett 1999; Kernighan & Lin 1970",
            "one-mode",
            None,
            "nobody, or everybody, is tied with everybody",
        ),
        _network(
            "modularity",
            "How clearly the network falls into communities.",
            "Louvain with refinement, fixed seed",
            "Blondel et al. 2008; Newman 2006",
            "one-mode",
            _NEWMAN,
            "there is no tie",
        ),
        _network(
            "fragmentation",
            "Which share of pairs no chain joins.",
            "1 - sum_c s_c (s_c - 1) / (n (n - 1))",
            "Borgatti 2006",
            "one-mode",
            None,
            "there are fewer than two bodies",
        ),
        _network(
            "resilience",
            "How much holds together while the best connected leave.",
            "R = (1/n) sum S(q), ranked again after each",
            "Schneider et al. 2011",
            "two-mode",
            None,
            "there are fewer than two bodies",
        ),
        _network(
            "resilience_random",
            "The same when bodies leave at random: the baseline.",
            "R over random orders",
            "Schneider et al. 2011",
            "two-mode",
            None,
            "there are fewer than two bodies",
        ),
        _network(
            "multiplexity",
            "By how many relations a tied pair is tied.",
            "mean distinct relations per tied pair",
            "Wasserman & Faust 1994",
            "one-mode",
            None,
            "no pair is tied by one relation",
        ),
        _network(
            "mixing",
            "Whether ties cross kinds of body (1) or stay within (-1).",
            "(E - I) / (E + I)",
            "Krackhardt & Stern 1988",
            "one-mode",
            None,
            "no tie between bodies of known kind",
        ),
        _money(
            "funder_concentration",
            "How far the known money hangs on one funder: 1 where one gives all, 1/H effective funders.",
            "H = sum s_f^2",
            "Herfindahl 1950; Hirschman 1964",
            "no amount is known that was given",
        ),
        _money(
            "leverage",
            "What came beside each unit given, where the whole is known.",
            "sum_p (T_p - a_fp) / sum_p a_fp",
            "the ratio of other to own money, as public bodies report it",
            "of nothing that it gives to is the whole known",
        ),
    )
}

ORGANISATION_METRICS = tuple(name for name, metric in METRICS.items() if metric.level == "organisation")
NETWORK_METRICS = tuple(name for name, metric in METRICS.items() if metric.level == "network")
