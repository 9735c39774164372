"""YAML as plain values that remember their lines, so that an error can say where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from service.errors import BadValue


class Located(dict[str, Any]):
    """A mapping of a YAML file with the line of itself and of each of its keys."""

    line: int
    lines: dict[str, int]


def read_yaml(path: Path, name: str) -> Any:
    """The document in `path`: mappings are `Located`, and dates stay the text they are.

    Raises BadValue, with `name` as the file, where the text is not UTF-8, does not parse, or a key stands twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadValue(f"not UTF-8 at byte {error.start}; save the file as UTF-8", file=name) from error
    except OSError as error:
        raise BadValue(f"cannot be read: {error.strerror}", file=name) from error
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadValue(
            f"not YAML: {error.problem or error.context}", file=name, line=mark.line + 1 if mark else None
        ) from error
    except yaml.YAMLError as error:
        raise BadValue(f"not YAML: {error}", file=name) from error
    return _value(node, name) if node is not None else None


def _value(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, name) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, name)
    assert isinstance(node, yaml.ScalarNode)
    text = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return text.lower() in {"true", "yes", "on"}
        case "int" if text.lstrip("+-").isdigit():
            return int(text)
        case "float":
            return float(text.lower().replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _mapping(node: yaml.MappingNode, name: str) -> Located:
    mapping = Located()
    mapping.line = node.start_mark.line + 1
    mapping.lines = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in mapping:
            raise BadValue(f"{key!r} stands twice in one entry", file=name, line=line)
        mapping.lines[key] = line
        mapping[key] = _value(value_node, name)
    return mapping
