"""The full set of scores: plain networkx beside ours, in one run, on networks with heavy-tailed sizes.

    python bench/scores.py [--sizes 100 1000 10000 100000] [--plain-up-to 1000]

Each size and side is a process of its own, so that peak memory is its own. What plain networkx would take hours for is
timed on some of its sources and extrapolated, marked *. Writes bench/results/scores.md, scores.json and scores.svg.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])

import argparse
import json
import math
import multiprocessing
import resource
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from bench.networks import two_mode_network
from service.metrics.arrays.graph import TwoModeGraph
from service.metrics.metric import Subject
from service.metrics.projection import projection
from service.metrics.registry import METRICS

RESULTS = Path(__file__).parent / "results"
SOURCES = 12
"""Sources from which plain networkx is timed where all would take too long."""


def ours(graph: TwoModeGraph) -> dict[str, Callable[[], Any]]:
    """The projection, and every metric of the registry; several that come of one function are timed as one."""
    subject = Subject(graph)
    work: dict[str, Callable[[], Any]] = {"projection": lambda: projection(graph)}
    functions = {each.function: each for each in reversed(METRICS.values()) if each.level != "money"}
    for each in reversed(functions.values()):
        work[each.name] = lambda each=each: each.function(*each.arguments(subject))  # type: ignore[misc]
    return work


def plain(arrays: TwoModeGraph) -> dict[str, Callable[[], Any]]:
    """The same by networkx alone, where it has the metric. `_sampled` ones return the factor that they are short of."""
    graph, top = arrays.to_networkx(), list(arrays.top)
    n = len(top)
    some = max(1, min(n, SOURCES if n > 300 else n))
    flat: list[nx.Graph] = []

    def project() -> None:
        flat[:] = [nx.bipartite.collaboration_weighted_projected_graph(graph, top)]
        for _, _, data in flat[0].edges(data=True):
            data["distance"] = 1 / data["weight"]

    def two_mode_betweenness() -> float:
        k = None if some == n else some
        nx.betweenness_centrality(graph, k=k, normalized=False, seed=1)
        return len(graph) / (k or len(graph))

    def two_mode_closeness() -> float:
        for node in top[:some]:
            nx.single_source_shortest_path_length(graph, node)
        return n / some

    def weighted() -> float:
        nx.betweenness_centrality(flat[0], k=None if some == n else some, weight="distance", seed=1)
        return n / some

    def without_each() -> float:
        for node in top[:some]:
            list(nx.connected_components(nx.restricted_view(graph, [node], [])))
        return n / some

    return {
        "projection": project,
        "breadth": lambda: dict(graph.degree(top)),
        "reach": lambda: dict(flat[0].degree),
        "density": lambda: nx.bipartite.density(graph, top),
        "brokerage": two_mode_betweenness,
        "closeness": two_mode_closeness,
        "weighted_brokerage": weighted,
        "constraint": lambda: nx.constraint(flat[0], weight="weight"),
        "effective_size": lambda: nx.effective_size(flat[0]),
        "core": lambda: nx.core_number(flat[0]),
        "modularity": lambda: nx.community.louvain_communities(flat[0], seed=1),
        "fragmentation": lambda: list(nx.connected_components(flat[0])),
        "clustering": lambda: nx.bipartite.robins_alexander_clustering(graph),
        "fragmentation_change": without_each,
    }


def _run(side: str, n: int, out: Any) -> None:
    graph = two_mode_network(n)
    work = (plain if side == "networkx" else ours)(graph)
    seconds: dict[str, float] = {}
    extrapolated: list[str] = []
    errors: dict[str, float] = {}
    for name, compute in work.items():
        started = time.perf_counter()
        found = compute()
        took = time.perf_counter() - started
        if isinstance(found, float) and found > 1 and side == "networkx":
            took *= found
            extrapolated.append(name)
        if getattr(found, "error", None) is not None:
            errors[name] = found.error
        seconds[name] = took
        print(f"  {side:9} {n:7,} {name:28} {took:10.3f} s", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    about = {
        "organisations": n,
        "things": len(graph.bottom),
        "ties": int(graph.incidence.nnz),
        "largest": int(graph.incidence.sum(axis=0).max()),
    }
    out.put(
        {"side": side, **about, "seconds": seconds, "extrapolated": extrapolated, "errors": errors, "peak_mb": peak}
    )


def run(side: str, n: int) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    process = context.Process(target=_run, args=(side, n, out))
    process.start()
    result = out.get()
    process.join()
    return dict(result)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--plain-up-to", type=int, default=1000)
    options = parser.parse_args()
    results = []
    for n in options.sizes:
        results += [run(side, n) for side in ("ours", "networkx") if side == "ours" or n <= options.plain_up_to]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "scores.json").write_text(json.dumps(results, indent=2) + "\n")
    text = table(results)
    (RESULTS / "scores.md").write_text(text)
    plot(results)
    print(text)


def total(result: dict[str, Any], names: set[str] | None = None) -> float:
    return sum(value for name, value in result["seconds"].items() if names is None or name in names)


def table(results: list[dict[str, Any]]) -> str:
    ours_by = {each["organisations"]: each for each in results if each["side"] == "ours"}
    plain_by = {each["organisations"]: each for each in results if each["side"] == "networkx"}
    sizes = sorted(ours_by)
    head = [f"{n:,} {side}" for n in sizes for side in (["networkx", "ours"] if n in plain_by else ["ours"])]
    lines = [
        "# Scores: plain networkx beside ours",
        "",
        "Seconds, on one core. * timed on some sources and extrapolated. ± sampled: error bound at probability 0.9.",
        "",
    ]
    lines += ["| work | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"]
    for name in ours_by[sizes[0]]["seconds"]:
        cells = []
        for n in sizes:
            if n in plain_by:
                value = plain_by[n]["seconds"].get(name)
                star = "*" if name in plain_by[n]["extrapolated"] else ""
                cells.append("–" if value is None else f"{value:.3g}{star}")
            error = ours_by[n]["errors"].get(name)
            cells.append(f"{ours_by[n]['seconds'][name]:.3g}" + (f" ±{error:.2g}" if error else ""))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    cells = [
        f"**{total(each):.3g}**"
        for n in sizes
        for each in ([plain_by[n], ours_by[n]] if n in plain_by else [ours_by[n]])
    ]
    lines.append("| **all** | " + " | ".join(cells) + " |")
    cells = [
        f"{each['peak_mb']:,.0f} MB"
        for n in sizes
        for each in ([plain_by[n], ours_by[n]] if n in plain_by else [ours_by[n]])
    ]
    lines.append("| peak memory | " + " | ".join(cells) + " |")
    lines.append("")
    for n in sorted(plain_by):
        names = set(plain_by[n]["seconds"])
        lines.append(
            f"At {n:,} organisations, the work that both do: "
            f"{total(plain_by[n]) / total(ours_by[n], names):,.0f} times faster."
        )
    if len(sizes) > 1:
        slope = math.log(total(ours_by[sizes[-1]]) / total(ours_by[sizes[-2]])) / math.log(sizes[-1] / sizes[-2])
        lines.append(f"Slope of ours from {sizes[-2]:,} to {sizes[-1]:,}: {slope:.2f} (1 is linear).")
    return "\n".join(lines) + "\n"


def plot(results: list[dict[str, Any]]) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.6))
    for side, colour in (("networkx", "#888888"), ("ours", "#0f5c66")):
        line = [(each["organisations"], total(each)) for each in results if each["side"] == side]
        axes.loglog(
            *zip(*line, strict=True), "o-", color=colour, label="plain networkx" if side == "networkx" else "joinedup"
        )
    axes.set_xlabel("organisations")
    axes.set_ylabel("seconds for the full set")
    axes.legend()
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(RESULTS / "scores.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
