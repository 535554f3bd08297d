"""One reader a dialect family; each turns content into one element tree, which `tree.py` walks. The seam for a fast lane:
a reader is any function `Content → Message`; a faster one may stand in front and hand what it does not like to these.
"""

import xml.etree.ElementTree as ET

from pipelines.landed.content import Content
from pipelines.landed.message import Broken, Message
from pipelines.landed.readers.json_form import tree_of_json
from pipelines.landed.readers.tree import read_tree
from pipelines.landed.readers.xml_form import tree_of_xml


def read(content: Content, operation: str | None = None, namespaces: bytes = b"", locations: bool = False) -> Message:
    """The strict reader: one message, or Broken with the reason.

    `operation` is the envelope's or the file name's; `namespaces` the declarations of an enclosing big XML;
    `locations` adds each item's place with positions, for showing. Checks that no coded item was lost.
    """
    root: ET.Element = tree_of_json(content.parsed) if content.is_json else tree_of_xml(content.data, namespaces)
    message = read_tree(root, operation, locations)
    found = len(message.items) + message.private_items - message.codeless_items
    if not content.holds(found):
        reason = "duplicate_key" if content.is_json else "items_lost"
        raise Broken(reason, f"{content.coded()} Coded_strings in the bytes, {found} read")
    return message
