"""The log as files, under column names of its own, with the mapping file that explains them: NDJSON with nested answers, CSV with Persian
names and Jalali times, Parquet with milliseconds and answers as JSON text.

Belongs here: rows and their containers. Does not: what stands in the log.
"""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

from pipelines.generator.calls.senders import OPERATION, Call
from pipelines.generator.delivery import Delivery
from pipelines.jalali import jdate

MAPPINGS = {
    "ndjson": """kind: validation
columns:
  called_at: when
  system_id: sender.system
  facility_id: sender.centre
  composition_uid: comp
  message_uid: uid
  content_hash: digest
  operation: class
  error_message: answer.ErrorMessage
  error_category_type: answer.ErrorCategoryType
  error_category_critical: answer.ErrorCategoryCritical
  error_category_source: answer.ErrorCategorySource
content_hash: message_id
""",
    "csv": """kind: validation
columns:
  called_at: زمان فراخوانی
  system_id: سامانه فرستنده
  facility_id: مرکز درمانی
  composition_uid: شناسه سند
  message_uid: شناسه پیام
  content_hash: اثر انگشت
  operation: نوع پیام
  passed: نتیجه
  error_message: متن خطا
  error_category_type: رده
time: {format: jalali}
values:
  passed: {"0": false, "1": true, "": null}
content_hash: message_id
""",
    "parquet": """kind: validation
columns:
  called_at: ts
  system_id: sys
  facility_id: org
  composition_uid: cuid
  message_uid: muid
  content_hash: h
  operation: op
  answer: resp
time: {format: epoch_ms}
content_hash: message_id
""",
}
SENDS_MAPPING = """kind: send
columns:
  sent_at: sent
  system_id: sys
  facility_id: org
  composition_uid: CompositionUID
  message_uid: MessageUID
  content_hash: digest
  operation: op
  error_message: ErrorMessage
content_hash: message_id
"""


def row(call: Call, form: str, ids: str) -> dict[str, Any]:
    """A call as a row of its format. `ids`: what the log knows it by."""
    uid = call.message_uid if ids in ("all", "uid") else None
    composition = call.composition_uid if ids in ("all", "uid") else None
    digest = call.content_hash if ids in ("all", "content") else None
    kind = f"Thrita.DM.Message.{call.message_class}"
    answer = {
        "MessageID": uid, "ErrorMessage": call.reply.text or None, "NormalizedErrorMessage": None, "ErrorCategoryType": "2" if call.reply.text else None,
        "ErrorCategoryCritical": "true" if call.reply.text else None, "ErrorCategorySource": "HIS" if call.reply.text else None, "ErrorDescription": None, "ErrorSolution": None,
    }  # fmt: skip
    if form == "ndjson":
        return {"when": call.at.isoformat(), "sender": {"system": call.system_id, "centre": call.facility_id}, "comp": composition, "uid": uid, "digest": digest,
                "op": OPERATION, "class": kind, "answer": answer}  # fmt: skip
    if form == "csv":
        passed = "" if call.reply.passed is None else str(int(call.reply.passed))
        return {"زمان فراخوانی": f"{jdate(call.at.date())} {call.at:%H:%M:%S}", "سامانه فرستنده": call.system_id, "مرکز درمانی": call.facility_id, "شناسه سند": composition or "",
                "شناسه پیام": uid or "", "اثر انگشت": digest or "", "نوع پیام": kind, "نتیجه": passed, "متن خطا": call.reply.text, "رده": answer["ErrorCategoryType"] or ""}  # fmt: skip
    return {"ts": int(call.at.timestamp() * 1000), "sys": call.system_id, "org": call.facility_id, "cuid": composition, "muid": uid, "h": digest, "op": kind,
            "resp": json.dumps(answer, ensure_ascii=False)}  # fmt: skip


def send_row(delivery: Delivery, at: dt.datetime, composition_uid: str | None, message_id: str, error: str, ids: str) -> dict[str, Any]:
    """A send result: ResultVO beside who sent when."""
    uids = ids in ("all", "uid")
    return {"sent": at.isoformat(), "sys": delivery.system_id, "org": delivery.facility_id, "op": delivery.operation, "digest": message_id if ids in ("all", "content") else None,
            "MessageUID": delivery.message_uid if uids else None, "CompositionUID": composition_uid if uids else None, "patientUID": None, "ErrorMessage": error or None}  # fmt: skip


class RowsWriter:
    """One log file of a format, written in groups."""

    def __init__(self, base: Path, form: str) -> None:
        self._form = form
        self._rows: list[dict[str, Any]] = []
        self._writer: csv.DictWriter | None = None
        self._arrow: Any = None
        self.path = base.with_suffix(f".{form}")
        self._file = self.path.open("w", encoding="utf-8", newline="") if form != "parquet" else None

    def add(self, made: dict[str, Any]) -> None:
        self._rows.append(made)
        if len(self._rows) >= 20_000:
            self.flush()

    def flush(self) -> None:
        if not self._rows:
            return
        if self._form == "ndjson" and self._file:
            self._file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in self._rows)
        elif self._form == "csv" and self._file:
            if self._writer is None:
                self._writer = csv.DictWriter(self._file, list(self._rows[0]), lineterminator="\n")
                self._writer.writeheader()
            self._writer.writerows(self._rows)
        else:
            self._parquet()
        self._rows.clear()

    def _parquet(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._arrow is None:
            kinds = {"ts": pa.int64()}
            self._arrow = pq.ParquetWriter(self.path, pa.schema([(name, kinds.get(name, pa.string())) for name in self._rows[0]]), compression="zstd")
        self._arrow.write_table(pa.Table.from_pylist(self._rows, schema=self._arrow.schema))

    def close(self) -> None:
        self.flush()
        for opened in (self._file, self._arrow):
            if opened is not None:
                opened.close()
