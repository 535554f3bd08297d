"""The walk over one message's element tree: every coded item wherever it stands.

Belongs here: what is a coded item, and document order. Does not: dialects (they end in one tree), paths (`places.py`), what the message
says about itself (`sender.py`, `service.py`).
"""

import xml.etree.ElementTree as ET

from pipelines.landed.message import Broken, Item, Message
from pipelines.landed.readers.names import local_name
from pipelines.landed.readers.places import Place, below_root, shape
from pipelines.landed.readers.sender import identify
from pipelines.landed.readers.service import clinical_day, fixed_form_results, service_of

_WRAPPED = 6


def read_tree(root: ET.Element, operation: str | None = None, locations: bool = False) -> Message:
    """The message below `root` (SOAP and other wrapping skipped). Raises Broken not_a_message, too_deep."""
    top = _message_element(root)
    parts = {local_name(child.tag): child for child in top}
    composition = parts.get("Composition")
    message = Message(service_of(top, composition, operation))
    identify(message, parts.get("MsgID"), composition)
    message.clinical_on = clinical_day(message.service, composition)
    message.fixed_form_results = fixed_form_results(message.service, composition)
    _Walk(message, _numbers(root) if locations else None).below(top, below_root(), "")
    return message


def _message_element(root: ET.Element) -> ET.Element:
    """The element whose children are Person, MsgID, Composition: the root, or one inside SOAP or an operation element."""
    level = [root]
    for _ in range(_WRAPPED):
        for element in level:
            if any(local_name(child.tag) in ("Composition", "MsgID") for child in element):
                return element
        level = [child for element in level for child in element]
    raise Broken("not_a_message", "no Composition or MsgID below the root")


def _numbers(root: ET.Element) -> dict[int, int]:
    """id of an element → its number in document order."""
    return {id(element): number for number, element in enumerate(root.iter())}


class _Walk:
    """Collects coded items in document order; those of a person are only counted."""

    def __init__(self, message: Message, numbers: dict[int, int] | None) -> None:
        self.message, self.items, self.numbers = message, message.items, numbers

    def below(self, element: ET.Element, place: Place, location: str) -> None:
        """The items among the children of an element and below, and the element itself if its children are an item's parts."""
        first = len(self.items)
        parts: dict[str, str | None] = {}
        seen: dict[str, int] = {}
        typed: dict[str, int] = {}
        for child in element:
            at = place[child.tag]
            attributes = child.attrib
            if not attributes and not len(child):
                if at.part:
                    parts[at.part] = child.text
                continue
            where = self._where(location, at.name, seen) if self.numbers is not None else ""
            number = len(self.items)
            found = self._by_attributes(child, at, where) if attributes else False
            if len(child):
                self.below(child, at, where)
            elif at.part and not found:
                parts[at.part] = child.text
            if at.typed and len(self.items) > number:
                typed.setdefault(at.name, number)
        if "Service" in typed and "ServiceType" in typed:
            self.items[typed["Service"]].service_type = self.items[typed["ServiceType"]].code
        if parts:
            self._by_children(parts, element, place, location, first)

    def _where(self, location: str, name: str, seen: dict[str, int]) -> str:
        seen[name] = seen.get(name, 0) + 1
        return f"{location}/{name}[{seen[name]}]" if location else name

    def _by_attributes(self, element: ET.Element, place: Place, location: str) -> bool:
        """Keep the item that the element's attributes are (dialects A, B), in any letter case. True if they are one."""
        attributes = element.attrib
        known = shape(tuple(attributes))
        if known is None:
            return False
        terminology, code, title = known
        if not terminology and not code and (len(element) or not _is_text(attributes[title or ""])):
            return False
        self._keep(
            Item(
                place.path,
                attributes[terminology] if terminology else None,
                attributes[code] if code else None,
                attributes[title] if title else None,
                None,
                code is not None,
                location,
            ),
            element,
            place,
            len(self.items),
        )
        return True

    def _by_children(self, parts: dict[str, str | None], element: ET.Element, place: Place, location: str, first: int) -> None:
        """Keep the item whose parts are leaf children (dialect C, JSON), before any that its other children hold."""
        title = parts.get("Value")
        if "Coded_string" in parts or "Terminology_id" in parts:
            item = Item(place.path, parts.get("Terminology_id"), parts.get("Coded_string"), title, None, "Coded_string" in parts, location)
        elif len(element) == 1 and _is_text(title):
            item = Item(place.path, None, None, title, None, False, location)
        else:
            return
        self._keep(item, element, place, first)

    def _keep(self, item: Item, element: ET.Element, place: Place, number: int) -> None:
        if self.numbers is not None:
            item.element_no = self.numbers[id(element)]
        self.message.codeless_items += not item.has_code
        if place.private:
            self.message.private_items += 1
        else:
            self.items.insert(number, item)


def _is_text(title: str | None) -> bool:
    """A lone number under `Value` is an ordinal's or a telephone's, not a title."""
    return bool(title) and not (title or "").replace(".", "").replace("-", "").replace("+", "").strip().isdigit()
