"""The tables of the documents say what the schema has."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from service.model.facts import Seeds
from service.model.properties import edge_properties, node_properties
from service.model.schema import ENTITY_PROPERTIES, FACT_PROPERTIES, Property
from service.model.vocabulary import ANYTHING, ORGANISATIONS, RELATIONS, Kind

ROOT = Path(__file__).resolve().parents[2]
SEEDS_GUIDE = (ROOT / "seeds/README.md").read_text()
CYPHER_GUIDE = (ROOT / "cypher/README.md").read_text()
TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false", list: "texts", date: "day"}


def of_kinds(kinds: frozenset[Kind]) -> str:
    if kinds == frozenset(Kind):
        return "all"
    if kinds >= ANYTHING - {Kind.OUTCOME}:
        return "anything" if kinds == ANYTHING else "anything but an Outcome"
    words = ["organisation"] if kinds >= ORGANISATIONS else []
    return ", ".join(words + [kind for kind in Kind if kind in kinds and not (words and kind in ORGANISATIONS)])


def table(head: str, rows: list[list[str]]) -> str:
    columns = head.count(",") + 1
    lines = [head.split(", "), ["---"] * columns, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines).replace("|  |", "| |")


def relations() -> str:
    rows = []
    for each in RELATIONS.values():
        carries = [f"role: {', '.join(each.roles)}"] * bool(each.roles) + ["amount, currency, joint"] * each.money
        ends = [of_kinds(each.subjects), of_kinds(each.objects)]
        rows.append([each.name, *ends, "; ".join([*carries, *([each.note] if each.note else [])]), each.ties])
    return table("relation, from, to, carries, ties", rows)


def properties(of: tuple[Property, ...], kinds: bool) -> str:
    rows = [[f"`{p.name}`", TYPES[p.stored], *([of_kinds(p.kinds)] if kinds else []), p.says] for p in of]
    return table("property, type, of, what" if kinds else "property, type, what", rows)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (SEEDS_GUIDE, relations()),
        (CYPHER_GUIDE, properties(ENTITY_PROPERTIES, True)),
        (CYPHER_GUIDE, properties(FACT_PROPERTIES, False)),
    ],
    ids=["relations", "entities", "facts"],
)
def test_a_table_is_as_the_schema_has_it(document: str, expected: str) -> None:
    assert expected in document, f"the table should be:\n\n{expected}\n"


def test_every_kind_is_explained() -> None:
    explained = re.findall(r"^\| (\w+) \|", SEEDS_GUIDE, re.M)
    assert set(Kind) - set(explained) == {Kind.SOURCE}, "sources have a section of their own"


def test_what_the_seeds_carry_is_in_the_schema(seeds: Seeds) -> None:
    known = {each.name: each for each in ENTITY_PROPERTIES}
    for entity in seeds.entities:
        for name, value in node_properties(entity, "seeds").items():
            if value is not None:
                assert entity.kind in known[name].kinds, f"{entity.id} is a {entity.kind} and has {name}"
                assert isinstance(value, known[name].stored), (entity.id, name, value)
    for fact in seeds.facts:
        row = edge_properties(fact, "seeds")
        assert list(row) == [each.name for each in FACT_PROPERTIES]
        for each in FACT_PROPERTIES:
            assert row[each.name] is not None or not each.required, (fact.id, each.name)
            assert isinstance(row[each.name], each.stored | None), (fact.id, each.name)
