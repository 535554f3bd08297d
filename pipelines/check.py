"""One message judged as the pipeline would judge it, in a second: for a vendor's developer, and for the tests of the rules.

Belongs here: asking the same readers, rules and lists without landing anything. Nothing of the message is stored.
"""

import datetime as dt
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from expectations.catalogue import catalogue, field_rules, service_kind
from expectations.outcomes import register
from expectations.suggestions import words
from pipelines.findings import extra
from pipelines.findings.judging import judge, list_titles
from pipelines.findings.suggesting import attach_links, suggest
from pipelines.landed.content import content
from pipelines.landed.framing.frame import file_name_envelope
from pipelines.landed.message import Broken, Item, Message
from pipelines.landed.readers import read
from pipelines.landed.tables import text_row
from pipelines.notes import Noted, notes_of
from pipelines.persian import clean
from pipelines.settings import Home
from pipelines.warehouse import connect, files, table_of

if TYPE_CHECKING:
    import duckdb

    from expectations.rule import Rule
    from pipelines.warehouse import Engine

CODINGS = {
    "coding_id": "varchar", "rule_id": "varchar", "terminology": "varchar", "epoch_day": "date", "text_id": "varchar", "terminology_id": "varchar",
    "code": "varchar", "title": "varchar", "terminology_key": "varchar", "code_clean": "varchar", "title_clean": "varchar", "title_key": "varchar",
    "arabic_letters": "boolean",
}  # fmt: skip


@dataclass
class Judged:
    """One judged item: where it stands, what was sent, the outcome, and reason and repair in both languages."""

    item_no: int
    location: str
    path: str
    rule_id: str
    terminology_id: str | None
    code: str | None
    title: str | None
    outcome: str
    cause: str
    phase: str
    suggested_code: str | None
    notes: list[str]
    error_class: int | None = None
    responsible: str | None = None
    reason_fa: str = ""
    reason_en: str = ""
    repair_fa: str = ""
    repair_en: str = ""
    reading: str = "literal"
    cause_class: str = ""
    suggestions: list["Suggested"] = field(default_factory=list)


@dataclass
class Suggested:
    """A code that was probably meant, its title, 0 to 1 how sure, and why."""

    code: str
    title: str
    score: float
    reason: str
    reason_fa: str
    reason_en: str


class Asked(NamedTuple):
    """An item, its number in the message, the rule that asks about it, and by which reading of the letter."""

    number: int
    item: Item
    rule: "Rule"
    reading: str


@dataclass
class Checked:
    """The answer for one file. `refused` is the reason if the message cannot be read at all."""

    file: str
    service: str = ""
    judged_on: str = ""
    items: int = 0
    private_items: int = 0
    refused: str = ""
    detail: str = ""
    findings: list[Judged] = field(default_factory=list)
    passed: int = 0
    not_applicable: int = 0
    notes: list[Noted] = field(default_factory=list)
    notes_not_estimable: list[str] = field(default_factory=list)
    stand_in_lists: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.refused and not self.findings

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


def check_file(con: "duckdb.DuckDBPyConnection", path: Path, on: dt.date | None) -> Checked:
    """Judge one file. The day is `on`, else the file name's, else today: the day the validation service would be asked."""
    said = file_name_envelope(path.name)
    day = on or (said["file_time"].date() if "file_time" in said else dt.date.today())
    answer = Checked(path.name, judged_on=day.isoformat())
    try:
        message = read(content(path.read_bytes()), said.get("operation"), locations=True)
    except Broken as broken:
        answer.refused, answer.detail = broken.reason, broken.detail
        return answer
    answer.service, answer.items, answer.private_items = message.service, len(message.items), message.private_items
    answer.not_applicable = message.fixed_form_results
    judged = judge_message(con, message, day)
    answer.findings = [one for one in judged if one.outcome not in ("passed", "not_applicable")]
    answer.passed = sum(one.outcome == "passed" for one in judged)
    if answer.findings:
        add_suggestions(con, answer.findings)
    answer.notes = notes_of(con, judged, day)
    return answer


def opened(home: Home, list_policy: str = "in_force") -> "duckdb.DuckDBPyConnection":
    """A connection that holds the lists, those of a list policy, ready to judge."""
    from pipelines import terminologies
    from pipelines.flow import ensure_reference

    ensure_reference(home)
    con = connect()
    codes = terminologies.codes_under(home, list_policy)
    con.execute(f"create temp view codes as select * from {files([str(codes)])}")
    list_titles(con, codes.parent, terminologies.fingerprint(home))
    extra.attach_lists(con, home, terminologies.list_releases(home))
    attach_links(con, home.reference)
    return con


def judge_message(con: "duckdb.DuckDBPyConnection", message: Message, day: dt.date) -> list[Judged]:
    """Every item of a message that a rule judges, in document order, with its verdict."""
    chosen = asked(message)
    verdicts = verdicts_of(con, [coding(str(one.number), one, day) for one in chosen])
    return [judged(one, verdicts[str(one.number)], day) for one in chosen]


def asked(message: Message) -> list[Asked]:
    """The items of a message that a rule asks about, in document order."""
    found = []
    for number, item in enumerate(message.items, 1):
        rule = _rule_of(message.service, item)
        if rule:
            found.append(Asked(number, item, *rule))
    return found


def coding(coding_id: str, one: Asked, day: dt.date) -> tuple:
    """A row of `codings` (columns: `CODINGS`): the item under its rule on a day."""
    return (coding_id, one.rule.id, one.rule.terminology, day, *_normal(one.item))


def verdicts_of(con: "Engine", rows: list[tuple], rules: "tuple[Rule, ...] | None" = None) -> dict[str, tuple]:
    """coding_id → (outcome, cause, suggested code, notes) for rows of `codings`."""
    table_of(con, "codings", rows, CODINGS)
    judge(con, rules)
    return {row[0]: row[1:] for row in con.execute("select coding_id, outcome, cause, suggested_code, notes from verdicts").fetchall()}


def suggestions_of(con: "duckdb.DuckDBPyConnection", rows: list[tuple]) -> tuple[dict[str, tuple], dict[str, list[tuple]]]:
    """Verdicts as `verdicts_of`, and for each failing coding_id its suggestions, best first: (code, score, reason, cause class)."""
    verdicts = verdicts_of(con, rows)
    return verdicts, _suggested(con)


def _suggested(con: "duckdb.DuckDBPyConnection") -> dict[str, list[tuple]]:
    suggest(con)
    found: dict[str, list[tuple]] = {}
    for coding_id, *one in con.execute("select coding_id, suggested_code, score, reason, cause_class from suggestions order by coding_id, rank").fetchall():
        found.setdefault(coding_id, []).append(tuple(one))
    return found


def add_suggestions(con: "duckdb.DuckDBPyConnection", findings: list[Judged]) -> None:
    """To the findings of the message that was judged last: the class of their cause, and what was probably meant."""
    found, reasons = _suggested(con), words().reasons
    terminology = {rule.id: rule.terminology for rule in catalogue()}
    wanted = {(terminology[one.rule_id], row[0]) for one in findings for row in found.get(str(one.item_no), ()) if row[0]}
    table_of(con, "told_codes", sorted(wanted), {"terminology": "varchar", "code": "varchar"})
    titles = {
        row[:2]: row[2]
        for row in con.execute(
            "select k.terminology, k.code, max(coalesce(nullif(k.title_fa, ''), k.title_en, '')) from codes as k"
            " join told_codes as t on t.terminology = k.terminology and t.code = k.code group by k.terminology, k.code"
        ).fetchall()
    }
    for one in findings:
        for code, score, reason, named in found.get(str(one.item_no), ()):
            one.cause_class = named
            if code:
                title = titles.get((terminology[one.rule_id], code), "")
                one.suggestions.append(Suggested(code, title, score, reason, reasons[reason].fa, reasons[reason].en))


def _normal(item: Item) -> tuple:
    return text_row("", item.terminology_id, item.code, item.title)


@lru_cache(maxsize=4096)
def _cases(service: str, path: str) -> "dict[str, tuple[Rule, str]]":
    """Case → (rule, reading) for the items at a path."""
    rules = {rule.id: rule for rule in catalogue()}
    return {row["case_key"]: (rules[row["rule_id"]], row["reading"]) for row in field_rules(rules.values(), service, path)}


def _rule_of(service: str, item: Item) -> "tuple[Rule, str] | None":
    cases = _cases(service, item.path)
    if not cases:
        return None
    return cases.get(clean(item.terminology_id).lower()) or cases.get(service_kind(item.service_type))


def judged(one: Asked, verdict: tuple, day: dt.date) -> Judged:
    """An item with its verdict (outcome, cause, suggested code, notes), and what that means in both languages."""
    outcome, cause, suggested, notes = verdict
    item, rule = one.item, one.rule
    judged = Judged(
        one.number, item.location, item.path, rule.id, item.terminology_id, item.code, item.title, outcome, cause,
        "before" if day < rule.start else "after", suggested, notes.split(), reading=one.reading,
    )  # fmt: skip
    known = register().causes.get(cause)
    if known:
        judged.error_class, judged.responsible = known.error_class, known.responsible
        judged.reason_fa, judged.reason_en, judged.repair_fa, judged.repair_en = known.reason.fa, known.reason.en, known.repair.fa, known.repair.en
    return judged
