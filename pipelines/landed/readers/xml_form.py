"""XML content → element tree: dialects A (attributes), B (prefix), C (elements) and SOAP alike. Strict: expat, no DTD, bounded."""

import xml.etree.ElementTree as ET
from xml.parsers import expat

from pipelines.landed.message import Broken


def tree_of_xml(data: bytes, namespaces: bytes = b"") -> ET.Element:
    """The root element. Raises Broken `not_well_formed` with expat's own words and position, which never quote the text.

    `namespaces` are declarations that stood on an enclosing element, from which the message was cut out.
    """
    parser = ET.XMLParser(encoding="utf-8")
    try:
        if namespaces:
            parser.feed(b"<enclosing " + namespaces + b">")
        parser.feed(data)
        if namespaces:
            parser.feed(b"</enclosing>")
        root = parser.close()
    except ET.ParseError as error:
        line, column = error.position
        words = expat.ErrorString(error.code) or "not well-formed"
        raise Broken("not_well_formed", f"{words}, line {line} column {column}") from error
    if not namespaces:
        return root
    if len(root) != 1 or (root.text or "").strip() or (root[0].tail or "").strip():
        raise Broken("not_well_formed", "not one element")
    return root[0]
