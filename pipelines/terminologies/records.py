"""JSON as a table: a list of objects, objects a line, or a list wrapped in an answer ({"Result": [...]}, {"data": {"items": [...]}}).

Belongs here: finding the list and laying its objects out as rows. Does not: what a key means.
"""

import json
from typing import Any

from pipelines.terminologies.cells import Row, exact
from pipelines.terminologies.source import Sheet


def read(text: str) -> list[Sheet]:
    """One sheet a list of objects found; wrapped lists are named by their key. Raises ValueError if there is none."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
            raise
        document = [json.loads(line) for line in lines]  # objects a line
    found = _lists("", document, 3)
    if not found:
        raise ValueError("it holds no list of objects")
    return [_sheet(name, [item for item in items if isinstance(item, dict)]) for name, items in found]


def _lists(name: str, node: Any, depth: int) -> list[tuple[str, list[Any]]]:
    if isinstance(node, list):
        return [(name, node)] if any(isinstance(item, dict) for item in node) else []
    if isinstance(node, dict) and depth:
        return [found for key, value in node.items() for found in _lists(key, value, depth - 1)]
    return []


def _sheet(name: str, items: list[dict[str, Any]]) -> Sheet:
    headers: Row = list(dict.fromkeys(key for item in items for key in item))
    sheet = Sheet(name, [headers])
    for item in items:
        row = [
            exact(value if not isinstance(value, (dict, list)) else None, place, sheet.numeric)
            for place, value in enumerate(item.get(key or "") for key in headers)
        ]
        sheet.rows.append(row)
    return sheet
