"""WHO's ClaML, the XML in which ICD-10 is distributed: categories with their titles, modifiers expanded into further characters.

Belongs here: streaming the XML and the arithmetic of modifiers. Does not: what is done with a code.
Nothing outside the file is read: Python's parser fetches no DTD. Chapters and blocks are no codes and are left out.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.errors import InputError
from pipelines.terminologies.cells import Row
from pipelines.terminologies.source import Sheet

_HEADER: Row = ["code", "title", "status", "usage", "modifier"]


@dataclass
class _Class:
    kind: str
    usage: str
    title: str
    above: str
    below: bool
    modifiers: dict[str, set[str]] = field(default_factory=dict)  # modifier → valid classes, empty if all
    excluded: set[str] = field(default_factory=set)


def read(path: Path) -> list[Sheet]:
    """One sheet: code, title, status (`asterisk` for manifestations), usage, modifier (the character a code was made by)."""
    classes: dict[str, _Class] = {}
    labels: dict[str, dict[str, str]] = {}  # modifier → suffix → label
    with path.open("rb") as stream:
        events = ET.iterparse(stream, events=("start", "end"))
        root = next(events)[1]
        if _name(root) != "ClaML":
            raise InputError(f"{path}: an XML file whose root is {_name(root)}; the only XML read here is ClaML.")
        for event, element in events:
            if event == "start":
                continue
            if _name(element) == "Class":
                classes[element.get("code", "")] = _class(element)
            elif _name(element) == "ModifierClass":
                labels.setdefault(element.get("modifier", ""), {})[element.get("code", "")] = _label(element)
            else:
                continue
            root.clear()
    kept = [code for code, found in classes.items() if found.kind not in ("chapter", "block")]
    rows = [row for code in kept for row in _rows(code, classes, labels)]
    listed = {row[0] for row in rows if not row[4]}
    return [Sheet("", [_HEADER, *(row for row in rows if not row[4] or row[0] not in listed)])]


def _class(element: ET.Element) -> _Class:
    above = element.find("{*}SuperClass")
    found = _Class(
        element.get("kind", ""),
        {"aster": "asterisk"}.get(element.get("usage", ""), element.get("usage", "")),
        _label(element),
        "" if above is None else above.get("code", ""),
        element.find("{*}SubClass") is not None,
    )
    for by in element.iterfind("{*}ModifiedBy"):
        valid = {v.get("code", "") for v in by.iterfind("{*}ValidModifierClass")}
        found.modifiers[by.get("code", "")] = valid if by.get("all", "true") != "true" or valid else set()
    found.excluded = {x.get("code", "") for x in element.iterfind("{*}ExcludeModifier")}
    return found


def _label(element: ET.Element) -> str:
    """The preferred rubric (the long form where both are given), in one line."""
    texts = {r.get("kind", ""): r for r in reversed(element.findall("{*}Rubric"))}
    rubric = texts.get("preferredLong", texts.get("preferred"))
    label = None if rubric is None else rubric.find("{*}Label")
    return "" if label is None else " ".join("".join(label.itertext()).split())


def _rows(code: str, classes: dict[str, _Class], labels: dict[str, dict[str, str]]) -> Iterator[Row]:
    found = classes[code]
    status = "asterisk" if found.usage == "asterisk" else None
    yield [code, found.title or None, status, found.usage or None, None]
    if found.below:
        return
    stems = [(code, found.title)]
    for modifier, valid in sorted(_modifiers(code, classes).items(), key=lambda m: _is_fifth(labels.get(m[0], {}))):
        made = []
        for stem, title in stems:
            for suffix, label in labels.get(modifier, {}).items():
                longer = _longer(stem, suffix)
                if longer and (not valid or suffix in valid):
                    made.append((longer, f"{title}, {label}" if label else title))
                    yield [longer, made[-1][1] or None, status, found.usage or None, modifier]
        stems = [*stems, *made]


def _modifiers(code: str, classes: dict[str, _Class]) -> dict[str, set[str]]:
    """What a code is modified by, of itself and of what stands above it, the nearest first."""
    modifiers: dict[str, set[str]] = {}
    excluded: set[str] = set()
    seen: set[str] = set()
    while code in classes and code not in seen:
        seen.add(code)
        excluded |= classes[code].excluded
        for name, valid in classes[code].modifiers.items():
            modifiers.setdefault(name, valid)
        code = classes[code].above
    return {name: valid for name, valid in modifiers.items() if name not in excluded}


def _is_fifth(suffixes: dict[str, str]) -> bool:
    return not any(suffix.startswith(".") for suffix in suffixes)


def _longer(stem: str, suffix: str) -> str | None:
    """The next character of a code: a fourth (`.0`) where there is none, a fifth (`0`) where there is a fourth."""
    if suffix.startswith("."):
        return None if "." in stem else stem + suffix
    return stem + suffix if "." in stem and len(stem) == 5 else None


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
