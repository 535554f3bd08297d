"""Packs messages into every container. A delivery is (message, dialect) with an envelope; broken ones are put in as bytes.

Belongs here: writing of containers for the tests of reading them. Does not: messages (`messages`).
"""

import csv
import gzip
import html
import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

import messages as m
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard


class Delivery(NamedTuple):
    """One message on its way: its text and what is known of it beside."""

    text: str
    operation: str
    received: str = "2023-01-30T10:04:37"

    @property
    def envelope(self) -> dict[str, str]:
        return {"received_at": self.received, "operation": self.operation, "system_id": m.SYSTEM}

    def file_name(self, number: int) -> str:
        return f"1_30_2023 10_04_37 AM_{m.SYSTEM}_{self.operation}Secure-{number}.{'json' if self.text[:1] == '{' else 'xml'}"


def deliveries(dialects: Sequence[str] = ("xml_a", "xml_b", "xml_c", "soap", "json_camel"), first: int = 0) -> list[Delivery]:
    """Every service in every dialect."""
    makers = [(make, dialect) for dialect in dialects for make in m.SERVICES.values()]
    return [Delivery(m.DIALECTS[d](sent := make(first + n)), sent.operation) for n, (make, d) in enumerate(makers)]


def ndjson(found: list[Delivery]) -> bytes:
    """XML as a string, JSON as it stands, broken or not."""
    lines = []
    for d in found:
        message = d.text if d.text[:1] == "{" else json.dumps(d.text, ensure_ascii=False)
        lines.append(f'{{"message":{message},{json.dumps(d.envelope)[1:]}\n'.encode("utf-8", "surrogateescape"))
    return b"".join(lines)


def zipped(found: list[Delivery], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for number, d in enumerate(found):
            archive.writestr(zipfile.ZipInfo(f"day/{d.file_name(number)}"), d.text, method)
    return out.getvalue()


def tarred(found: list[Delivery], mode: str = "w", form: int = tarfile.PAX_FORMAT, folder: str = "day") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for number, d in enumerate(found):
            info = tarfile.TarInfo(f"{folder}/{d.file_name(number)}")
            info.size = len(d.text.encode())
            archive.addfile(info, io.BytesIO(d.text.encode()))
    return out.getvalue()


def table(found: list[Delivery], delimiter: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL, last: bool = False) -> bytes:
    out = io.StringIO(newline="")
    names = ["message", "received_at", "operation", "system_id"]
    names = names[1:] + names[:1] if last else names
    writer = csv.DictWriter(out, names, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows({"message": d.text, **d.envelope} for d in found)
    return out.getvalue().encode()


def parquet(found: list[Delivery], binary: bool = False, group: int = 7) -> bytes:
    payloads = [d.text.encode() if binary else d.text for d in found]
    columns = {"XML_CONTENT": pa.array(payloads, pa.binary() if binary else pa.string()), **{k: pa.array([d.envelope[k] for d in found]) for k in found[0].envelope}}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, row_group_size=group, compression="zstd")
    return out.getvalue()


def _xml(head: str, records: list[str], tail: str) -> bytes:
    return ("\ufeff" + f'<?xml version="1.0" encoding="utf-8"?>\n<!-- <x> -->\n{head}\n' + "\n".join(records) + f"\n{tail}\n").encode()


def envelopes(found: list[Delivery], write: Callable[[str], str] = str) -> bytes:
    """`<Message received_at=…>` around each, as it stands unless `write` says otherwise."""
    said = [" ".join(f'{k}="{v}"' for k, v in d.envelope.items()) for d in found]
    records = [f"<Message {s}>{cdata(d.text) if d.text[:1] == '{' else write(d.text)}</Message>" for d, s in zip(found, said, strict=True)]
    return _xml("<Messages>", records, "</Messages>")


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def rows(found: list[Delivery], write: Callable[[str], str] = html.escape) -> bytes:
    """`<ROW><RECEIVED_AT>…`: each column an element."""
    records = ["<ROW>" + "".join(f"<{k.upper()}>{v}</{k.upper()}>" for k, v in d.envelope.items()) + f"<XML_CONTENT>{html.escape(d.text) if d.text[:1] == '{' else write(d.text)}</XML_CONTENT></ROW>" for d in found]
    return _xml("<ROWSET>", records, "</ROWSET>")


def named_columns(found: list[Delivery]) -> bytes:
    """`<COLUMN NAME="…">`, as Oracle's tools write it."""
    records = ["<ROW>" + "".join(f'<COLUMN NAME="{k.upper()}">{cdata(v)}</COLUMN>' for k, v in {**d.envelope, "xml_content": d.text}.items()) + "</ROW>" for d in found]
    return _xml("<RESULTS>", records, "</RESULTS>")


CONTAINERS: dict[str, tuple[str, Callable[[list[Delivery]], bytes]]] = {
    "ndjson": ("x.ndjson", ndjson),
    "ndjson_of_unknown_suffix": ("x.json", ndjson),
    "ndjson_windows": ("x.jsonl", lambda f: b"\xef\xbb\xbf" + ndjson(f).replace(b"\n", b"\r\n\r\n")),
    "ndjson_gz": ("x.ndjson.gz", lambda f: gzip.compress(ndjson(f[:3])) + gzip.compress(ndjson(f[3:])) + b"\0" * 512),
    "ndjson_zst": ("x.ndjson.zst", lambda f: zstandard.compress(ndjson(f[:3])) + zstandard.compress(ndjson(f[3:]))),
    "ndjson_utf16": ("x.ndjson", lambda f: ndjson(f).decode().encode("utf-16")),
    "json_array": ("x.json", lambda f: b"[\n" + ndjson(f).strip().replace(b"\n", b",\n") + b"\n]\n"),
    "zip": ("x.zip", zipped),
    "zip_stored": ("x.bin", lambda f: zipped(f, zipfile.ZIP_STORED)),
    "zip_without_directory": ("x.zip", lambda f: (data := zipped(f))[: data.rindex(b"PK\3\4")] + data[data.rindex(b"PK\3\4") :].partition(b"PK\1\2")[0]),
    "tar": ("x.tar", tarred),
    "tar_gnu": ("x.tar", lambda f: tarred(f, "w", tarfile.GNU_FORMAT, "long" * 40)),
    "tar_pax": ("x.tar", lambda f: tarred(f, "w", tarfile.PAX_FORMAT, "بخش" * 40)),
    "tar_gz": ("x.tgz", lambda f: tarred(f, "w:gz")),
    "csv": ("x.csv", table),
    "csv_semicolon": ("x.csv", lambda f: b"\xef\xbb\xbf" + table(f, ";", "\r\n", csv.QUOTE_ALL)),
    "csv_payload_last": ("x.txt", lambda f: table(f, ",", "\r\n", last=True)),
    "csv_utf16": ("x.csv", lambda f: table(f, "\t").decode().encode("utf-16")),
    "tsv": ("x.tsv", lambda f: table(f, "\t")),
    "parquet": ("x.parquet", parquet),
    "parquet_binary": ("x.parquet", lambda f: parquet(f, binary=True)),
    "big_xml": ("x.xml", envelopes),
    "big_xml_gz": ("x.xml.gz", lambda f: gzip.compress(envelopes(f))),
    "big_xml_cdata": ("x.xml", lambda f: envelopes(f, cdata)),
    "big_xml_escaped": ("x.xml", lambda f: envelopes(f, html.escape)),
    "big_xml_rows": ("x.xml", rows),
    "big_xml_rows_plain": ("x.xml", lambda f: rows(f, str)),
    "big_xml_named_columns": ("x.xml", named_columns),
    "big_xml_utf16": ("x.xml", lambda f: envelopes(f, cdata).decode().removeprefix("\ufeff").replace("utf-8", "utf-16", 1).encode("utf-16")),
}  # fmt: skip
