"""The layout holds: imports go one way, one file imports the driver, and names say what a file is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SERVICE = Path(__file__).resolve().parents[1] / "service"
LAYERS = [
    "errors",
    "facts",
    "graph",
    "identity",
    "queries",
    "scores",
    "funding",
    "scenarios",
    "documents",
    "imports",
    "exports",
    "web",
    "commands",
    "__main__",
]
FILES = sorted(SERVICE.rglob("*.py"))


def imported(path: Path) -> list[tuple[str, ast.stmt]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append((node.module, node))
    return names


def layer(module: str) -> str:
    return module.split(".")[1] if module.count(".") else "errors"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SERVICE)))
def test_imports_go_one_way(path: Path) -> None:
    here = path.relative_to(SERVICE).parts[0].removesuffix(".py")
    if here in {"__init__", "settings"}:
        return
    for module, _ in imported(path):
        if not module.startswith("service.") or layer(module) == "settings":
            continue
        assert LAYERS.index(layer(module)) <= LAYERS.index(here), f"{path.name} imports {module} from above"
        if here == "scores":
            assert layer(module) in {"errors", "scores"}, "scores are pure: networkx and errors only"


def test_only_the_store_and_its_failures_import_the_driver() -> None:
    users = {path.name for path in FILES for module, _ in imported(path) if module.split(".")[0] == "neo4j"}
    assert users == {"store.py", "failures.py"}


def test_settings_are_read_at_the_top_only() -> None:
    users = {
        path.relative_to(SERVICE).parts[0]
        for path in FILES
        for module, _ in imported(path)
        if module == "service.settings"
    }
    assert users <= {"commands", "web"}


def test_no_import_hides_in_a_function() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
                assert not inside, f"{path.name}: {function.name} imports inside"


def test_no_test_waits_for_a_length_of_time_or_measures_one() -> None:
    """A test asserts the event and a bound on work; a busy machine makes it slow, not wrong. tests/waiting.py waits."""
    here = Path(__file__).parent
    clocks = {"sleep", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"}
    for path in sorted(here.rglob("*.py")):
        if path == here / "waiting.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            assert name not in clocks, f"{path.name}:{getattr(node, 'lineno', 0)}: wait with tests.waiting.until"


def test_names_say_what_a_file_is() -> None:
    vague = {"utils", "util", "core", "helpers", "helper", "common", "misc"}
    assert not vague & {part.removesuffix(".py") for path in FILES for part in path.relative_to(SERVICE).parts}


def test_no_file_is_long() -> None:
    assert {path.name: n for path in FILES if (n := len(path.read_text().splitlines())) > 360} == {}


def test_cypher_lives_in_cypher() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.lstrip().startswith(("MATCH ", "MERGE ", "UNWIND ", "CALL db.")), path.name
