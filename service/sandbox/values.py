"""Neo4j's values as JSON that keeps them apart: what JSON has no type for is `{"$type", "_value"}`, as in Neo4j's own
Query API (2024), so that a date is not a text and a node is not a map."""

from __future__ import annotations

from typing import Any

_TEMPORAL = {
    "Date": "Date",
    "Time": "Time",
    "DateTime": "OffsetDateTime",
    "Duration": "Duration",
}


def kind_of(value: Any) -> str:
    """The type of a value, in the names of Neo4j's Query API."""
    if value is None:
        return "Null"
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, int):
        return "Integer"
    if isinstance(value, float):
        return "Float"
    if isinstance(value, str):
        return "String"
    if isinstance(value, bytes | bytearray):
        return "Base64"
    if isinstance(value, list):
        return "List"
    if isinstance(value, dict):
        return "Map"
    if hasattr(value, "labels"):
        return "Node"
    if hasattr(value, "relationships"):
        return "Path"
    if hasattr(value, "start_node"):
        return "Relationship"
    if hasattr(value, "srid"):
        return "Point"
    return _TEMPORAL.get(type(value).__name__, type(value).__name__)


def as_json(value: Any) -> Any:
    match kind_of(value):
        case "List":
            return [as_json(each) for each in value]
        case "Map":
            return {key: as_json(each) for key, each in value.items()}
        case "Float" if value != value or value in (float("inf"), float("-inf")):
            return {"$type": "Float", "_value": str(value)}
        case "Integer" if abs(value) >= 2**53:
            return {"$type": "Integer", "_value": str(value)}
        case "Node":
            return {"$type": "Node", "_value": _node(value)}
        case "Relationship":
            return {"$type": "Relationship", "_value": _relationship(value)}
        case "Path":
            steps = [_node(value.nodes[0])]
            for edge, node in zip(value.relationships, value.nodes[1:], strict=True):
                steps += [_relationship(edge), _node(node)]
            return {"$type": "Path", "_value": steps}
        case "Point":
            return {"$type": "Point", "_value": f"SRID={value.srid};POINT ({' '.join(str(part) for part in value)})"}
        case "Base64":
            return {"$type": "Base64", "_value": bytes(value).hex()}
        case kind if hasattr(value, "iso_format"):
            return {"$type": kind, "_value": value.iso_format()}
    return value


def as_text(value: Any) -> Any:
    """For a cell of a table: an entity by its name, a path by its names, else the value."""
    match kind_of(value):
        case "Node":
            return value.get("name") or value.get("id") or value.element_id
        case "Relationship":
            return f"{as_text(value.start_node)} {value.type} {as_text(value.end_node)}"
        case "Path":
            return " – ".join(str(as_text(node)) for node in value.nodes)
        case "List":
            return "; ".join(str(as_text(each)) for each in value)
        case "Map":
            return "; ".join(f"{key}: {as_text(each)}" for key, each in value.items())
        case _ if hasattr(value, "iso_format"):
            return value.iso_format()
    return value


def _node(node: Any) -> dict[str, Any]:
    properties = {key: as_json(each) for key, each in node.items()}
    return {"_element_id": node.element_id, "_labels": sorted(node.labels), "_properties": properties}


def _relationship(edge: Any) -> dict[str, Any]:
    return {
        "_element_id": edge.element_id,
        "_type": edge.type,
        "_start_node_element_id": edge.start_node.element_id,
        "_end_node_element_id": edge.end_node.element_id,
        "_properties": {key: as_json(each) for key, each in edge.items()},
    }
