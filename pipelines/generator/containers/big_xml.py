"""One big XML document: `<Messages><Message received_at=… operation=…>` with each message inside.

Belongs here: this container. Does not: the messages' own XML.
"""

from pathlib import Path

from pipelines.generator.delivery import ENVELOPE, Delivery
from pipelines.generator.dialects.xml_attributes import escape


class BigXmlWriter:
    """One document. XML messages are children as they are, JSON and broken ones stand in CDATA."""

    def __init__(self, base: Path) -> None:
        self._out = base.with_name(base.name + ".xml").open("w", encoding="utf-8", newline="")
        self._out.write('<?xml version="1.0" encoding="utf-8"?>\n<Messages>\n')

    def add(self, delivery: Delivery) -> None:
        attributes = "".join(
            [f' {name}="{escape(value)}"' for name, value in zip(ENVELOPE, delivery.envelope(), strict=True)]
        )
        content = delivery.content
        if delivery.json or delivery.raw is not None:
            text = delivery.text(nuls=False).replace("]]>", "]]]]><![CDATA[>")
            content = f"<![CDATA[{text}]]>"
        self._out.write(f"<Message{attributes}>{content}</Message>\n")

    def close(self) -> None:
        self._out.write("</Messages>\n")
        self._out.close()
