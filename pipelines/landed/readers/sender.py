"""Who sent a message, as it says itself: system, facility, university, node, composition. Nothing of a patient.

Source: sepas-messages section 5 (GUIDs come in any letter case; a composition's uid begins with its node's host).
"""

import xml.etree.ElementTree as ET

from pipelines.landed.message import Message
from pipelines.landed.readers.names import local_name


def identify(message: Message, msg_id: ET.Element | None, composition: ET.Element | None) -> None:
    """Fill in what MsgID says, and the facility from the admission's institute where MsgID does not."""
    message.system_id = _identifier(msg_id, "SystemID")
    message.facility_id = _identifier(msg_id, "HealthCareFacilityID") or _identifier(descend(composition, "Admission", "Institute"), "ID")
    message.university_id = _identifier(msg_id, "UniversityID")
    message.composition_uid = _text(msg_id, "CompositionUID")
    for value in (message.composition_uid, _text(msg_id, "PatientUID")):
        host = value.split("::", 1)[0].split(".", 1)[0].strip().lower() if value and "::" in value else ""
        if host and not host.isdigit():
            message.node = host
            break


def descend(element: ET.Element | None, *names: str) -> ET.Element | None:
    """The first child of that name, its first child of the next name, and so on."""
    for name in names:
        if element is None:
            return None
        for child in element:
            if local_name(child.tag) == name:
                element = child
                break
        else:
            return None
    return element


def _text(element: ET.Element | None, name: str) -> str | None:
    child = descend(element, name)
    return (child.text or "").strip() or None if child is not None else None


def _identifier(element: ET.Element | None, name: str) -> str | None:
    """The ID of a DO_IDENTIFIER child, as attribute or element, or its own text; in small letters."""
    child = descend(element, name)
    if child is None:
        return None
    value = next((v for k, v in child.attrib.items() if local_name(k) == "ID"), None) or _text(child, "ID") or (child.text or "")
    return value.strip().lower() or None
