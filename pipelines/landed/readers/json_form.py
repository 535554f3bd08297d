"""JSON object → the same element tree the XML dialects give: a key is an element, a list repeats it, null is an empty one."""

import xml.etree.ElementTree as ET
from typing import Any

from pipelines.landed.message import Broken
from pipelines.landed.readers.places import DEEPEST

_WRAPPERS = ("data", "message", "payload")


def tree_of_json(parsed: dict[str, Any]) -> ET.Element:
    """The root element, named `root`. An object that holds nothing but one message under `data` or `message` is unwrapped."""
    root = ET.Element("root")
    _fill(root, unwrapped(parsed)[0], 0)
    return root


def unwrapped(parsed: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """The object that is the message, and how many objects stood around it."""
    levels = 0
    while len(parsed) == 1 and next(iter(parsed)).lower() in _WRAPPERS:
        inner = next(iter(parsed.values()))
        inner = inner[0] if isinstance(inner, list) and len(inner) == 1 else inner
        if not isinstance(inner, dict):
            break
        parsed, levels = inner, levels + 1
    return parsed, levels


def _fill(parent: ET.Element, value: dict[str, Any], depth: int) -> None:
    """Children of an element, in the order of the keys."""
    if depth > DEEPEST:
        raise Broken("too_deep", f"more than {DEEPEST} levels")
    for key, part in value.items():
        if type(part) is str:
            ET.SubElement(parent, key).text = part
        elif type(part) is dict:
            child = ET.SubElement(parent, key)
            if "$type" in part:
                child.set("type", str(part["$type"]))
            _fill(child, part, depth + 1)
        elif type(part) is list:
            for one in part:
                if type(one) is list:  # a list in a list: one more level without a name of its own
                    _fill(ET.SubElement(parent, key), {"item": one}, depth + 1)
                else:
                    _fill(parent, {key: one}, depth)
        else:
            ET.SubElement(parent, key).text = None if part is None else str(part).lower() if isinstance(part, bool) else str(part)
