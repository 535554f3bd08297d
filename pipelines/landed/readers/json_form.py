"""JSON object → the same element tree the XML dialects give: a key is an element, a list repeats it, null is an empty one."""

import xml.etree.ElementTree as ET
from typing import Any

from pipelines.landed.message import Broken

DEEPEST = 200
_WRAPPERS = ("data", "message", "payload")


def tree_of_json(parsed: dict[str, Any]) -> ET.Element:
    """The root element, named `root`. An object that holds nothing but one message under `data` or `message` is unwrapped."""
    while len(parsed) == 1 and next(iter(parsed)).lower() in _WRAPPERS:
        inner = next(iter(parsed.values()))
        inner = inner[0] if isinstance(inner, list) and len(inner) == 1 else inner
        if not isinstance(inner, dict):
            break
        parsed = inner
    root = ET.Element("root")
    _fill(root, parsed, 0)
    return root


def _fill(parent: ET.Element, value: dict[str, Any], depth: int) -> None:
    if depth > DEEPEST:
        raise Broken("too_deep", f"more than {DEEPEST} levels")
    for key, part in value.items():
        for one in part if isinstance(part, list) else (part,):
            child = ET.SubElement(parent, key)
            if isinstance(one, dict):
                if "$type" in one:
                    child.set("type", str(one["$type"]))
                _fill(child, one, depth + 1)
            elif isinstance(one, list):
                _fill(child, {"item": one}, depth + 1)
            elif one is not None:
                child.text = str(one).lower() if isinstance(one, bool) else str(one)
