"""A relation and a property are added to a copy, in the files that CONTRIBUTING names, and the copy runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from service.graph.managed import ManagedNeo4j, Running

ROOT = Path(__file__).resolve().parents[2]

RELATION = '    Relation("ADVISES", ORGANISATIONS, PROGRAMMES, "advises", Ties.POSSIBLE),\n'
PROPERTY = '    Property("mood", str, "How it is said."),\n'


def added(path: Path, before: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {path.name}"
    path.write_text(text.replace(before, new + before), encoding="utf-8")


def test_a_relation_and_a_property_in_a_copy(bare: tuple[ManagedNeo4j, Running], tmp_path: Path) -> None:
    for folder in ("service", "cypher", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    connection = bare[0].connection(bare[1])
    own = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JOINEDUP_"))}
    own |= {"PYTHONPATH": str(tmp_path), "NEO4J_URI": connection.uri, "NEO4J_PASSWORD": connection.password}

    def joinedup(*arguments: str) -> str:
        command = [sys.executable, "-m", "service", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    joinedup("load")  # the graph of the release before
    added(tmp_path / "service/model/vocabulary.py", '    Relation("PUBLISHES"', RELATION)
    added(tmp_path / "service/model/schema.py", '    Property("valid_from"', PROPERTY)
    added(tmp_path / "service/model/facts.py", "    note: str | None = None\n", "    mood: str | None = None\n")
    added(
        tmp_path / "service/sources/entries.py",
        "    note: Text | None = None\n    valid_from",
        "    mood: Text | None = None\n",
    )
    minutes = tmp_path / "seeds/facts/joint-working-minutes-2014.yaml"
    first = "  - {subject: joint-working-presentation, relation: CONCERNS, object: transformation-programmes}\n"
    ends = "subject: hampshire-county-council, relation: ADVISES, object: transformation-programmes"
    added(minutes, first, f"  - {{{ends}, mood: warmly}}\n")

    assert "service/facts-by-id.cypher" in joinedup("cypher", "--expand")
    joinedup("load")
    joinedup("export", "--format", "json", str(tmp_path / "graph.json"))
    exported = json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))["facts"]
    assert [(each["relation"], each["mood"]) for each in exported if "mood" in each] == [("ADVISES", "warmly")]
    answer = json.loads(joinedup("ask", "about", "--thing", "Hampshire County Council", "--json"))
    assert [each["mood"] for each in answer["evidence"] if each["relation"] == "ADVISES"] == ["warmly"]
    found = "CALL db.index.fulltext.queryRelationships('quotes', $words) YIELD relationship AS f "
    rows = joinedup("cypher", found + "WHERE f:ADVISES RETURN f.mood AS mood", "-p", "words=transformation", "--ndjson")
    assert rows == '{"mood":"warmly"}\n'
