"""Broken messages: cut off, wrong bytes, a DOCTYPE, no message at all, nothing.

Belongs here: how a message is broken in each container. Does not: faults of coded items.
"""

from random import Random

from pipelines.generator.delivery import Delivery

_ANYWHERE = ("truncated", "doctype", "not_xml", "empty")
_IN_LINES = (*_ANYWHERE, "bad_utf8", "torn_row")
_IN_FILES = (*_ANYWHERE, "bad_utf8")
MARK = "\ue000"  # stands for bytes that are no UTF-8, until a line is encoded
BAD_BYTES = b"\xff\xfe\xc3("


def flaws(container: str) -> tuple[str, ...]:
    """The kinds of breakage a container can carry without harm to its other messages."""
    if container.startswith("ndjson"):
        return _IN_LINES
    return _ANYWHERE if container in ("csv", "parquet", "big-xml") else _IN_FILES


def broken(model: Delivery, flaw: str, rng: Random) -> Delivery:
    """A broken message made out of a whole one."""
    content = model.content
    if flaw == "doctype" and not content.startswith("<"):
        flaw = "not_xml"
    cut = max(40, int(len(content) * rng.uniform(0.3, 0.9)))
    raw = {
        "truncated": content[:cut]
        .replace("\n", " ")
        .encode(),  # one line: in CSV a cut field of many lines could be read as many rows
        "doctype": b'<?xml version="1.0"?><!DOCTYPE message [<!ENTITY a "invented">]>' + content.encode(),
        "not_xml": f"This is not a message ({rng.randrange(10**6)})".encode(),
        "empty": b"",
        "bad_utf8": content[:cut].encode() + BAD_BYTES + b"\0" + content[cut:].encode(),
        "torn_row": content.encode(),
    }[flaw]
    return model._replace(raw=raw, flaw=flaw)
