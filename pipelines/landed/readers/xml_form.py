"""XML content → element tree: dialects A (attributes), B (prefix), C (elements) and SOAP alike. Strict: expat, no DTD, bounded."""

import xml.etree.ElementTree as ET
from xml.parsers import expat

from pipelines.landed.message import Broken


def tree_of_xml(data: bytes, namespaces: bytes = b"") -> ET.Element:
    """The root element. Raises Broken `not_well_formed` with expat's own words and position, which never quote the text."""
    source = b"<enclosing " + namespaces + b">" + data + b"</enclosing>" if namespaces else data
    parser = ET.XMLParser(encoding="utf-8")
    try:
        parser.feed(source)
        root = parser.close()
    except ET.ParseError as error:
        line, column = error.position
        words = expat.ErrorString(error.code) or "not well-formed"
        raise Broken("not_well_formed", f"{words}, line {line} column {column}") from error
    return root[0] if namespaces else root
