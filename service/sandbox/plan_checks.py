"""What a plan may hold: operators that read the graph, and procedures on a list. Everything else is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.errors import NotReadOnly
from service.graph.cypher_tokens import place, without_literals
from service.graph.plan import Operator, Plan

PROCEDURES = frozenset(
    {
        *("db.labels", "db.relationshiptypes", "db.propertykeys"),
        *("db.schema.visualization", "db.schema.nodetypeproperties", "db.schema.reltypeproperties"),
        *("db.index.fulltext.querynodes", "db.index.fulltext.queryrelationships"),
        *("db.index.vector.querynodes", "db.index.vector.queryrelationships"),
    }
)
"""Procedures that read the graph or its schema, in lower case: Neo4j's names do not mind case."""

_WHOLE = frozenset(
    {
        *("AllNodesScan", "Anti", "AntiConditionalApply", "AntiSemiApply", "Apply", "Argument", "ArgumentTracker"),
        *("AssertSameNode", "AssertSameRelationship", "CacheProperties", "CartesianProduct", "ConditionalApply"),
        *(
            "Distinct",
            "Eager",
            "EagerAggregation",
            "EmptyResult",
            "EmptyRow",
            "ErrorPlan",
            "ExhaustiveLimit",
            "Filter",
            "Limit",
        ),
        *("MultiNodeIndexSeek", "NodeHashJoin", "NonFuseable", "NonPipelined", "Optional", "OrderedAggregation"),
        *("OrderedDistinct", "OrderedUnion", "PartialSort", "PartialTop", "PreserveOrder", "ProcedureCall"),
        *("ProduceResults", "ProjectEndpoints", "Projection", "RollUpApply", "Skip", "Sort", "Top", "Top1WithTies"),
        *("Union", "Unwind", "ValueHashJoin", "ShowIndexes", "ShowConstraints", "InputPlan", "NullifyMetadata"),
        *("SelectOrAntiSemiApply", "SelectOrSemiApply", "SemiApply", "LetSemiApply", "LetAntiSemiApply"),
        *("LetSelectOrSemiApply", "LetSelectOrAntiSemiApply", "LeftOuterHashJoin", "RightOuterHashJoin"),
        *("TriadicBuild", "TriadicFilter", "TriadicSelection", "AllShortestPaths", "ShortestPath"),
    }
)
_BEGINNINGS = (
    *("NodeBy", "NodeIndex", "NodeUniqueIndex", "NodeCount", "RelationshipCount", "Directed", "Undirected"),
    *("IntersectionNode", "SubtractionNode", "UnionNode", "PartitionedNode", "PartitionedDirected"),
    *("PartitionedUndirected", "PartitionedUnwind", "PartitionedAllNodesScan", "PartitionedUnionNode"),
    *("Expand", "OptionalExpand", "VarLengthExpand", "PruningVarLengthExpand", "BFSPruningVarLengthExpand"),
    *("StatefulShortestPath", "Repeat", "BidirectionalRepeat", "Trail", "BidirectionalTrail", "DynamicLabelNode"),
    *("DynamicDirected", "DynamicUndirected", "PathPropagating"),
)
_TYPES = {"w": "writes", "rw": "writes", "s": "changes the schema or administers the server"}


def check_plan(plan: Plan, statement: str) -> None:
    """Raises NotReadOnly, with the operator and where its word stands, for a plan that does more than read."""
    for operator in _every(plan.root):
        name = operator.name
        if name == "ProcedureCall":
            procedure = operator.details.partition("(")[0].strip()
            if procedure.lower() not in PROCEDURES:
                raise _refused(statement, f"the procedure {procedure} is not let through", procedure)
        elif name not in _WHOLE and not name.startswith(_BEGINNINGS):
            raise _refused(statement, f"{name} is not reading", _words(name))
    if plan.type != "r":
        raise _refused(statement, f"the statement {_TYPES.get(plan.type, 'does more than read')}", "")


def _every(operator: Operator | None) -> Iterator[Operator]:
    if operator is not None:
        yield operator
        for child in operator.children:
            yield from _every(child)


def _words(operator: str) -> str:
    """LoadCSV is written LOAD CSV, ShowSettings SHOW SETTINGS, SetProperty SET."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", operator)[0] if operator else ""


def _refused(statement: str, detail: str, word: str) -> NotReadOnly:
    code = without_literals(statement)
    found = re.search(rf"\b{re.escape(word)}", code, re.I) if word else None
    at = found.start() if found else len(code) - len(code.lstrip())
    line, column = place(statement, at)
    return NotReadOnly(f"{detail} (line {line}, column {column})", line=line, column=column)
