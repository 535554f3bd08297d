"""A slow and simple second reader of what the generator writes: opens containers, parses messages, numbers items.

Belongs here: the tests' own reading, made apart from `pipelines`. Does not: tests, code lists (`generator_lists`).
"""

import csv
import gzip
import hashlib
import io
import json
import re
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import zstandard


def payloads(extracts: Path):
    """(place, payload as str or bytes or dict, envelope or file name) of every message in every file below."""
    for path in sorted(p for p in extracts.rglob("*") if p.is_file() and p.name != "manifest.yaml"):
        yield from ((path, payload, about) for payload, about in _open(path))


def _open(path: Path):
    name, data = path.name, path.read_bytes()
    if name.endswith(".ndjson.gz"):
        data, name = gzip.decompress(data), name[:-3]
    elif name.endswith(".ndjson.zst"):
        data, name = zstandard.ZstdDecompressor().stream_reader(data).read(), name[:-4]
    if name.endswith(".ndjson"):
        yield from _lines(data)
    elif name.endswith(".zip"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        yield from ((archive.read(n), n) for n in archive.namelist())
    elif name.endswith((".tar", ".tar.gz")):
        archive = tarfile.open(fileobj=io.BytesIO(data))  # noqa: SIM115
        yield from ((archive.extractfile(m).read(), m.name) for m in archive)
    else:
        yield from _tables(path, data)


def _lines(data: bytes):
    for line in data.split(b"\n")[:-1]:
        try:
            row = json.loads(line)
        except ValueError:
            yield None, {}
        else:
            yield row["message"], row


def _tables(path: Path, data: bytes):
    name = path.name
    if name.endswith(".parquet"):
        yield from ((row["message"], row) for row in pq.read_table(path).to_pylist())
    elif name.endswith(".csv"):
        csv.field_size_limit(10**9)
        yield from ((row["message"], row) for row in csv.DictReader(io.StringIO(data.decode(), newline="")))
    elif data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<Messages>'):
        ET.fromstring(data)
        for found in re.finditer(r"<Message ([^>]*)>(?:<!\[CDATA\[(.*?)\]\]>|(.*?))</Message>\n", data.decode(), re.S):
            yield found[2] or found[3], dict(re.findall(r'(\w+)="([^"]*)"', found[1]))
    else:
        yield data, name


def parse(payload):
    """(message_id, tree) of a payload, or None if it is broken. The tree is an Element or a dict."""
    try:
        if isinstance(payload, bytes):
            declared = re.match(rb"\s*<\?xml[^>]*encoding=\"([^\"]+)\"", payload)
            payload = payload.decode(declared[1].decode() if declared else "utf-8-sig")
        if isinstance(payload, str) and payload.lstrip().startswith("{"):
            payload = json.loads(payload)
        if isinstance(payload, dict):
            return _digest(json.dumps(payload, separators=(",", ":"), ensure_ascii=False)), payload
        if not payload or "<!DOCTYPE" in payload:
            return None
        start = payload.index("<", payload.index("?>") if payload.lstrip("\ufeff").startswith("<?xml") else 0)
        text = payload[start : payload.rindex(">") + 1]
        return _digest(text), ET.fromstring(text)
    except (ValueError, ET.ParseError):
        return None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def items(tree) -> list[tuple[str, str | None, str | None, str | None]]:
    """(path, title, terminology, code) of every coded item outside Person, in order."""
    found = []
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key.lower() != "person":
                _json(value, key[:1].upper() + key[1:], found)
        return found
    if _local(tree) == "Envelope":
        tree = tree[0][0]
    for child in tree:
        if _local(child) != "Person":
            _xml(child, _local(child), found)
    return found


def _local(element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _xml(element, path, found) -> None:
    parts = {k.lower(): v for k, v in element.attrib.items()}
    parts |= {_local(c).lower(): c.text for c in element if len(c) == 0}
    own = {"terminology_id", "coded_string"} & set(parts)
    only_value = set(parts) == {"value"} and len(element) + len(element.attrib) == 1 and parts["value"]
    if own or only_value:
        found.append((path, parts.get("value"), parts.get("terminology_id"), parts.get("coded_string")))
    for child in element:
        name = _local(child)
        _xml(child, path if name.endswith("VO") else f"{path}/{name}", found)


def _json(value, path, found) -> None:
    if isinstance(value, list):
        for one in value:
            _json(one, path, found)
    elif isinstance(value, dict):
        parts = {k.lower(): v for k, v in value.items()}
        if {"terminology_id", "coded_string"} & set(parts) or (
            set(parts) == {"value"} and isinstance(parts["value"], str)
        ):
            found.append((path, parts.get("value"), parts.get("terminology_id"), parts.get("coded_string")))
        for key, inside in value.items():
            _json(inside, f"{path}/{key[:1].upper()}{key[1:]}", found)


def tree_bytes(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
