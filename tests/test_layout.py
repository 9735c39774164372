"""The layout holds: imports go down the floors, one file imports the driver, and names say what a file is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SERVICE = Path(__file__).resolve().parents[1] / "service"
FLOORS = (
    {"errors", "connection", "settings", "atomic_files", "file_locks", "model"},
    {"access", "graph", "metrics", "sources"},
    {"identity"},
    {"answers", "exports", "ingest", "runtime", "sandbox"},
    {"charts", "documents", "funding", "network"},
    {"profiles", "scenarios"},
    {"ask", "operations"},
    {"web", "assistants"},
    {"cli"},
    {"__main__"},
)
"""From the ground up. A room imports from the floors below its own, and from itself."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FACES = {"web", "cli", "assistants"}
"""What people and programs meet. What one of them can do the others can, because it is one function below them."""

GROUND = {"model": {"errors"}, "settings": {"errors", "connection"}}
"""What the ground floor's rooms may have of each other."""

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


def room(path: Path) -> str:
    return path.relative_to(SERVICE).parts[0].removesuffix(".py")


def rooms_used(path: Path) -> set[str]:
    return {module.split(".")[1] for module, _ in imported(path) if module.startswith("service.")} - {room(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SERVICE)))
def test_imports_go_down_the_floors(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    for there in rooms_used(path):
        below = FLOOR[there] < FLOOR[here] or there in GROUND.get(here, ())
        assert below, f"{path.relative_to(SERVICE)} imports {there}, which is not below {here}"
        assert not (here in FACES and there in FACES), f"{path.relative_to(SERVICE)} imports {there}: put it below both"


def test_metrics_are_pure() -> None:
    used = {(path.name, there) for path in FILES if room(path) == "metrics" for there in rooms_used(path)}
    assert {there for _, there in used} <= {"errors"}, used


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
    assert users <= {"cli", "web", "assistants", "__main__.py"}


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


def test_no_two_test_files_bear_one_name() -> None:
    """pytest knows a test file by its name alone."""
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
