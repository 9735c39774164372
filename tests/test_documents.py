"""What the project's own documents say is so."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from service import errors
from service.answers.catalog import read_catalog
from service.model.vocabulary import RELATIONS
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


GUIDES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "cypher/README.md", "seeds/README.md"]
GUIDES += sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md"))


def test_the_operators_guide_lists_every_setting() -> None:
    guide = (ROOT / "docs/operators.md").read_text()
    listed = re.findall(r"^\| `((?:NEO4J|JOINEDUP)_\w+)` \| (.*?) \| (.*?) \|$", guide, re.M)
    fields = list(Settings.model_fields.values())
    assert [name for name, _, _ in listed] == [field.alias for field in fields]
    for (_, _, described), field in zip(listed, fields, strict=True):
        assert described == field.description


def test_the_error_tree_is_the_docstring() -> None:
    drawn = re.findall(r"[├└]── (\w+)", inspect.getdoc(errors) or "")
    made = {
        name for name, each in vars(errors).items() if inspect.isclass(each) and issubclass(each, errors.ServiceError)
    }
    assert made - set(drawn) == {"ServiceError", "LocatedError", "ManyErrors"}
    assert len(drawn) == len(set(drawn))


def test_the_vocabulary_is_explained() -> None:
    explained = (ROOT / "seeds/README.md").read_text()
    for relation in RELATIONS.values():
        assert f"| {relation.name} |" in explained, relation.name
        assert all(role in explained for role in relation.roles)


def test_the_analysts_guide_shows_runnable_cypher() -> None:
    guide = (ROOT / "cypher/README.md").read_text()
    assert len(re.findall(r"```cypher", guide)) >= 10


@pytest.mark.parametrize("name", ["README.md", "docs/strategists.md"])
def test_the_queries_are_counted(name: str) -> None:
    assert f"{len(read_catalog().queries)} questions" in (ROOT / name).read_text()


def test_the_readme_is_two_screens() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


def test_compose_fits_its_schema() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert services["neo4j"]["image"] == "neo4j:5.26-community"
    assert services["joinedup"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert "healthcheck" in services["neo4j"]
    assert services["neo4j"]["volumes"] == ["neo4j-data:/data"]


def test_the_dockerfile_is_not_root_and_copies_what_is_there(tmp_path: Path) -> None:
    parser = DockerfileParser(path=str(tmp_path / "Dockerfile"))
    parser.content = (ROOT / "Dockerfile").read_text()
    steps = json.loads(parser.json) if isinstance(parser.json, str) else parser.json
    assert [step["USER"] for step in steps if "USER" in step] == ["joinedup"]
    for step in steps:
        for name in step.get("COPY", "").split()[:-1]:
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("name", GUIDES)
def test_links_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", (ROOT / name).read_text()):
        assert (folder / target).exists(), f"{name} links to {target}"


def test_no_document_names_a_machine_or_a_host() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.lock"), *ROOT.glob("*/*.md"), ROOT / "Makefile"]:
        assert not re.search(r"pypi\.org|files\.pythonhosted|repo1?\.maven|/work/|\.\./shared", path.read_text()), path
