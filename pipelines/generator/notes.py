"""`truth_notes.parquet`: which items deserve which extra note, worked out naively from the tree that was made and the lists.

Belongs here: a second opinion on the notes, one row for every item a note could be looked for in. Does not: outcomes (`truth`).
It takes what any release says of a code beside its title as said on every day, which is true of the stand-ins.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from pipelines.generator.codes import CodeList
from pipelines.generator.numbering import Judged

COLUMNS = ("message_id", "item_no", "rule_id", "note", "noted")
_NOTED = ("LNC", "RVU3", "ICD10", "IRC", "eRx")
_ORDER_WORDS = {"order": "order", "observation": "result", "both": "both"}


class Sent(NamedTuple):
    """A judged item in the making, as far as notes ask."""

    item_no: int
    rule_id: str
    terminology: str
    code: str
    title: str
    outcome: str
    literal: bool


class Notebook:
    """What the lists say of codes beside titles, by plain dictionaries."""

    def __init__(self, reference: Path, lists: dict[str, CodeList]) -> None:
        self.lists = lists
        self.said = {(r["terminology"], r["name"], r["code"]): r["value"] for r in _rows(reference / "attributes.parquet")}
        self.generic = {(r["from_terminology"], r["from_code"]): r["to_code"] for r in _rows(reference / "maps.parquet") if r["to_terminology"] == "GenericCode"}
        rows = _rows(reference / "codes.parquet")
        self.asterisk = {r["code"] for r in rows if r["terminology"] == "ICD10" and r.get("status") == "asterisk"}
        self.parents = {r["code"][:3] for r in rows if r["terminology"] == "ICD10" and "." in r["code"]}
        self.named: dict[tuple[str, str], set[str]] = {}
        for r in rows:
            for title in (r["title_fa"], r["title_en"]):
                if title and r["terminology"] in ("IRC", "eRx"):
                    self.named.setdefault((r["terminology"], _plain(title)), set()).add(r["code"])

    def notes(self, judged: list[Judged], day: dt.date) -> Iterator[tuple[int, str, str, bool]]:
        """(item_no, rule_id, note, noted) of a message's items, for every note that can be looked for in them."""
        sent = [s for j in judged if j.sent is not None and (s := _sent(j)).literal and s.terminology in _NOTED]
        right = [s for s in sent if s.outcome == "passed" and any(r.in_force(day) for r in self.lists[s.terminology].rows.get(s.code, ()))]
        for s in sent:
            passed = s in right
            looks = {
                "LNC": self._order, "RVU3": self._operation, "ICD10": self._diagnosis, "IRC": self._drug, "eRx": self._drug,
            }  # fmt: skip
            if passed or s.outcome == "title_mismatch":
                for note, noted in looks[s.terminology](s, sent, right, passed):
                    yield s.item_no, s.rule_id, note, noted

    def _order(self, s: Sent, sent: list[Sent], right: list[Sent], passed: bool) -> Iterator[tuple[str, bool]]:
        word = _ORDER_WORDS.get(self.said.get(("LNC", "order_or_result", s.code), "").lower())
        if passed and word:
            result = s.rule_id.startswith("labresult")
            yield ("order_only_in_result", word == "order") if result else ("result_only_in_order", word == "result")

    def _operation(self, s: Sent, sent: list[Sent], right: list[Sent], passed: bool) -> Iterator[tuple[str, bool]]:
        if not passed:
            return
        bill = [o for o in right if o.terminology == "RVU3"]
        if _is_operation(s.code):
            titles = " ".join(r.title or "" for r in self.lists["RVU3"].rows[s.code])
            yield "standalone_procedure", "عمل مستقل" in titles and any(_is_operation(o.code) and o.code != s.code for o in bill)
        if not _is_modifier(s.code) and any(name == "marks" for _, name, _ in self.said):
            addons = [o for o in bill if "+" in self.said.get(("RVU3", "marks", o.code), "")]
            others = [o for o in sent if o.terminology == "RVU3" and o not in addons and not _is_modifier(o.code)]
            yield "addon_alone", s in addons and not others

    def _diagnosis(self, s: Sent, sent: list[Sent], right: list[Sent], passed: bool) -> Iterator[tuple[str, bool]]:
        if not passed:
            return
        if self.asterisk:
            yield "asterisk_alone", all(o in right and o.code in self.asterisk for o in sent if o.terminology == "ICD10")
        if self.parents:
            yield "icd10_not_leaf", s.code in self.parents

    def _drug(self, s: Sent, sent: list[Sent], right: list[Sent], passed: bool) -> Iterator[tuple[str, bool]]:
        mine = self.generic.get((s.terminology, s.code))
        other = "eRx" if s.terminology == "IRC" else "IRC"
        owners = self.named.get((other, _plain(s.title)), set())
        if mine is None or not owners:
            return
        theirs = {self.generic.get((other, code)) for code in owners}
        own = s.code in self.named.get((s.terminology, _plain(s.title)), set())
        if own or mine in theirs or None not in theirs:
            yield "erx_irc_disagree", not own and mine not in theirs


class NotesWriter:
    """Collects rows and writes the file when it closes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: list[tuple[Any, ...]] = []

    def add(self, message_id: str, notes: Iterator[tuple[int, str, str, bool]]) -> None:
        """All notes of one message."""
        self.rows += [(message_id, *note) for note in notes]

    def __enter__(self) -> "NotesWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = (pa.string(), pa.int32(), pa.string(), pa.string(), pa.bool_())
        columns = list(zip(*self.rows, strict=True)) or [()] * len(COLUMNS)
        arrays = [pa.array(column, type=kind) for column, kind in zip(columns, types, strict=True)]
        pq.write_table(pa.Table.from_arrays(arrays, names=list(COLUMNS)), self.path, compression="zstd")


def _sent(judged: Judged) -> Sent:
    verdict, item = judged.verdict, judged.sent
    assert item is not None and judged.item_no is not None
    end = verdict.rule_id.rsplit("-", 1)[1]
    terminology = {"irc": "IRC", "erx": "eRx", "rvu3": "RVU3", "lnc": "LNC", "icd10": "ICD10"}.get(end, end)
    literal = terminology != "ICD10" or judged.path == "Composition/Diagnosis/Diagnosis"
    return Sent(judged.item_no, verdict.rule_id, terminology, item.code or "", item.title or "", verdict.outcome, literal)


def _is_operation(code: str) -> bool:
    return len(code) == 6 and code.isdigit() and code[0] in "123456"


def _is_modifier(code: str) -> bool:
    return code in ("26", "27", "31", "39", "85", "90.1") or (len(code) == 2 and code.isascii() and code.isdigit())


def _plain(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())


def _rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return pq.read_table(path).to_pylist() if path.exists() else []
