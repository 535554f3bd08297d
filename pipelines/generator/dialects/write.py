"""Writes a message in its vendor's manner, and says what its bytes look like in a file.

Belongs here: choice of dialect; blemishes of vendors (byte order mark, NULs, windows-1256). Does not: containers.
"""

import hashlib

from pipelines.generator.dialects import json_objects, soap, xml_attributes, xml_elements
from pipelines.generator.nodes import Obj
from pipelines.generator.shapes import ARABIC_LETTERS
from pipelines.generator.vendors import Vendor

_PROLOG = '<?xml version="1.0"?>'
_YEH_ONLY = {k: v for k, v in ARABIC_LETTERS.items() if v == ord("ي")}


def is_json(vendor: Vendor) -> bool:
    return vendor.dialect.startswith("json")


def content(vendor: Vendor, root: str, operation: str, top: list[tuple[str, Obj]]) -> str:
    """The message's content: what its `message_id` is made of."""
    if is_json(vendor):
        return json_objects.document(top, vendor.dialect == "json_pascal")
    if vendor.dialect == "soap":
        return soap.document(operation, top)
    if vendor.dialect == "xml_c":
        return xml_elements.document(top)
    style = xml_attributes.Style(
        "VM:" if vendor.dialect == "xml_b" else "", vendor.quirk == "empties", vendor.vendor_id in ("v02", "v13")
    )
    text = xml_attributes.document(root, top, style)
    if vendor.quirk == "cp1256":  # that code page lacks the Persian yeh; what it lacks becomes a character reference
        text = text.translate(_YEH_ONLY).encode("cp1256", "xmlcharrefreplace").decode("cp1256")
    return text


def message_id(text: str) -> str:
    """Hex of BLAKE2b, 16 bytes, over the content as UTF-8."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def as_text(vendor: Vendor, text: str, nuls: bool = True) -> str:
    """What a table of messages holds: with the XML declaration, and with the trailing NULs if the container can bear them."""
    if is_json(vendor):
        return text
    return _PROLOG + text + ("\0" * 7 if nuls and vendor.quirk == "nul" else "")


def as_bytes(vendor: Vendor, text: str) -> bytes:
    """What a file of one message holds."""
    if vendor.dialect == "json_pascal":
        import json

        return json.dumps(json.loads(text), ensure_ascii=False, indent=2).encode()
    if is_json(vendor):
        return text.encode()
    if vendor.quirk == "cp1256":
        return f'<?xml version="1.0" encoding="windows-1256"?>{text}'.encode("cp1256")
    if vendor.quirk == "bom":
        return b"\xef\xbb\xbf" + f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
    return as_text(vendor, text).encode()
