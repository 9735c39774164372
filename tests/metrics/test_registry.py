"""A metric is one decorated function: all that shows metrics reads the registry."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.networks import two_mode_network
from bench.scores import ours
from service.metrics.metric import KNOWN, metric
from service.metrics.references import REFERENCES, linked
from service.metrics.registry import METRICS, NETWORK_METRICS, ORGANISATION_METRICS
from service.metrics.scorecard import compute

ROOT = Path(__file__).parents[2]
WORK = re.compile(r"[A-Z][^;,:()]*? \d{4}")


def test_columns_stand_in_the_order_that_files_have() -> None:
    assert (
        *("breadth", "breadth_share", "reach", "brokerage", "closeness", "weighted_brokerage", "constraint"),
        *("effective_size", "efficiency", "core", "fragmentation_change"),
    ) == ORGANISATION_METRICS
    assert (
        *("density", "centralization", "clustering", "core_periphery", "modularity", "fragmentation"),
        *("resilience", "resilience_random", "multiplexity", "mixing"),
    ) == NETWORK_METRICS
    assert set(METRICS) - {*ORGANISATION_METRICS, *NETWORK_METRICS} == {"funder_concentration", "leverage"}


def test_the_scorecard_and_the_bench_have_every_metric() -> None:
    network = two_mode_network(60)
    scores = compute(network)
    assert tuple(scores.organisations) == ORGANISATION_METRICS
    assert tuple(scores.network) == NETWORK_METRICS
    timed = {METRICS[name].function for name in ours(network) if name in METRICS}
    assert timed == {each.function for each in METRICS.values() if each.level != "money"}


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_says_what_it_is_and_where_that_can_be_read(name: str) -> None:
    about = METRICS[name]
    assert about.function.__doc__
    assert about.says.endswith(".")
    assert about.definition
    assert about.undefined
    works = WORK.findall(about.citation.replace("where sampled: ", ""))
    assert [work for work in works if work not in REFERENCES] == []
    assert "".join(words for words, _ in linked(about.citation)) == about.citation
    assert {words for words, _ in linked(about.citation) if words in REFERENCES} == set(works)


def test_no_reference_is_cited_by_nothing() -> None:
    cited = " ".join(about.citation for about in METRICS.values())
    assert [work for work in REFERENCES if work not in cited] == []


def test_two_metrics_of_one_name_are_refused() -> None:
    again = metric("network", 1, "x", definition="x", citation="x", undefined="x", projection="none", name="density")
    before = dict(KNOWN)
    with pytest.raises(ValueError, match="density"):
        again(len)
    assert before == KNOWN


ADDED = """
from service.metrics.metric import metric
from service.metrics.two_mode import Graph, Values, organisations, sizes, named


@metric(
    "organisation", 35, "Twice what it takes part in.", definition="2 r_i", citation="nobody", undefined="never",
    projection="two-mode",
)
def twice(graph: Graph) -> Values:
    return named(organisations(graph), 2 * sizes(graph)[0])
"""
SHOWN = """
from bench.networks import two_mode_network
from bench.scores import ours
from service.metrics.registry import ORGANISATION_METRICS
from service.metrics.scorecard import compute
network = two_mode_network(30)
found = compute(network).organisations
assert all(found["twice"][node] == 2 * value for node, value in found["breadth"].items())
assert "twice" in ours(network)
print(*ORGANISATION_METRICS)
"""


def test_adding_a_metric_touches_one_file(tmp_path: Path) -> None:
    for folder in ("service", "bench"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "results"))
    (tmp_path / "service" / "metrics" / "doubled.py").write_text(ADDED)
    shown = subprocess.run([sys.executable, "-c", SHOWN], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.split()[2:5] == ["reach", "twice", "brokerage"]
