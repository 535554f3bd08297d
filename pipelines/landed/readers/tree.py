"""The walk over one message's element tree: every coded item wherever it stands, and what the message says about itself.

Belongs here: what is a coded item, which of them are private, paths. Does not: dialects (they end in one tree) or services (`service.py`).
"""

import xml.etree.ElementTree as ET

from pipelines.landed.message import Broken, Item, Message
from pipelines.landed.readers.json_form import DEEPEST
from pipelines.landed.readers.names import is_wrapper, local_name
from pipelines.landed.readers.service import clinical_day, fixed_form_results, service_of

_PARTS = ("Value", "Terminology_id", "Coded_string")


def read_tree(root: ET.Element, operation: str | None = None, locations: bool = False) -> Message:
    """The message below `root` (SOAP and other wrapping skipped). Raises Broken not_a_message, too_deep."""
    top = _message_element(root)
    if top is None:
        raise Broken("not_a_message", "no Composition, MsgID or Person below the root")
    parts = {local_name(child.tag): child for child in top}
    composition = parts.get("Composition")
    message = Message(service_of(top, composition, operation))
    _identify(message, parts.get("MsgID"), composition)
    message.clinical_on = clinical_day(message.service, composition)
    message.fixed_form_results = fixed_form_results(message.service, composition)
    walk = _Walk(message, locations)
    for child in top:
        name = local_name(child.tag)
        walk.element(child, "" if is_wrapper(name) else name, name, 1, name == "Person")
    return message


def _message_element(root: ET.Element) -> ET.Element | None:
    """The element whose children are Person, MsgID, Composition: the root, or one inside SOAP or an operation element."""
    level = [root]
    for _ in range(6):
        for element in level:
            if any(local_name(child.tag) in ("Composition", "MsgID") for child in element):
                return element
        level = [child for element in level for child in element]
    return None


class _Walk:
    """Collects coded items in document order; those below Person are only counted."""

    def __init__(self, message: Message, locations: bool) -> None:
        self.message, self.locations = message, locations

    def element(self, element: ET.Element, path: str, location: str, depth: int, private: bool) -> None:
        if depth > DEEPEST:
            raise Broken("too_deep", f"more than {DEEPEST} levels")
        item = coded_item(element, path)
        if item is not None:
            self.keep(item, location, private)
        service_type = None
        seen: dict[str, int] = {}
        for child in element:
            if not len(child) and not child.attrib:
                continue  # a leaf without attributes holds no coded item
            name = local_name(child.tag)
            below = path if is_wrapper(name) else f"{path}/{name}" if path else name
            place = location
            if self.locations:
                seen[name] = seen.get(name, 0) + 1
                place = f"{location}/{name}[{seen[name]}]"
            if name == "Service" and service_type is None:
                service_type = _code_of(element, "ServiceType")
            first = len(self.message.items)
            self.element(child, below, place, depth + 1, private)
            if name == "Service" and len(self.message.items) > first:
                self.message.items[first].service_type = service_type

    def keep(self, item: Item, location: str, private: bool) -> None:
        self.message.codeless_items += not item.has_code
        if private:
            self.message.private_items += 1
        else:
            item.location = location
            self.message.items.append(item)


def coded_item(element: ET.Element, path: str) -> Item | None:
    """The coded item an element is, or None. Its parts are attributes (A, B) or leaf children (C, JSON), in any letter case.

    It has a Terminology_id or Coded_string part, or nothing but a text Value (a number there is an ordinal's).
    """
    if element.attrib:
        found = {local_name(key): value for key, value in element.attrib.items() if local_name(key) in _PARTS}
        if found and ("Coded_string" in found or "Terminology_id" in found or len(element) == 0):
            return Item(path, found.get("Terminology_id"), found.get("Coded_string"), found.get("Value"), None, "Coded_string" in found)
    if not len(element):
        return None
    found = {local_name(child.tag): child for child in element if not len(child) and local_name(child.tag) in _PARTS}
    if not found:
        return None
    value = found["Value"].text if "Value" in found else None
    if "Coded_string" in found or "Terminology_id" in found:
        parts = [found[name].text if name in found else None for name in ("Terminology_id", "Coded_string")]
        return Item(path, parts[0], parts[1], value, None, "Coded_string" in found)
    if len(found) == len(element) and value and not value.replace(".", "").replace("-", "").isdigit():
        return Item(path, None, None, value, None, False)
    return None


def _code_of(element: ET.Element, name: str) -> str | None:
    """The code of the coded child `name`."""
    for child in element:
        if local_name(child.tag) == name:
            item = coded_item(child, "")
            return item.code if item else None
    return None


def _identify(message: Message, msg_id: ET.Element | None, composition: ET.Element | None) -> None:
    """System, facility, university, node and composition, as the message says them."""
    message.system_id = _identifier(msg_id, "SystemID")
    message.facility_id = _identifier(msg_id, "HealthCareFacilityID") or _identifier(_descend(composition, "Admission", "Institute"), "ID")
    message.university_id = _identifier(msg_id, "UniversityID")
    uid = _text(msg_id, "CompositionUID")
    message.composition_uid = uid
    for value in (uid, _text(msg_id, "PatientUID")):
        if value and "::" in value:
            message.node = value.split("::", 1)[0].split(".", 1)[0].strip().lower() or None
            break


def _descend(element: ET.Element | None, *names: str) -> ET.Element | None:
    for name in names:
        element = next((child for child in element if local_name(child.tag) == name), None) if element is not None else None
    return element


def _text(element: ET.Element | None, name: str) -> str | None:
    child = _descend(element, name)
    return (child.text or "").strip() or None if child is not None else None


def _identifier(element: ET.Element | None, name: str) -> str | None:
    """The ID of a DO_IDENTIFIER child, as attribute or element; small letters, because senders' GUIDs come in any case."""
    child = _descend(element, name)
    if child is None:
        return None
    value = next((v for k, v in child.attrib.items() if local_name(k) == "ID"), None) or _text(child, "ID")
    return value.strip().lower() or None if value else None
