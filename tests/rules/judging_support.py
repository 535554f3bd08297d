"""Judging by hand: a little list, a few codings, the real SQL plan.

Belongs here: what tests of rules, kinds and findings share. Does not: expectations about any verdict.
"""

import datetime as dt
from collections.abc import Iterable

from expectations.catalogue import catalogue
from expectations.rule import Example, Listed, Rule, jalali_day
from pipelines.check import verdicts_of
from pipelines.findings.judging import list_titles
from pipelines.landed.tables import text_row
from pipelines.warehouse import connect, table_of

RULES = {rule.id: rule for rule in catalogue()}
CODES = {
    "terminology": "varchar", "code": "varchar", "title_fa": "varchar", "title_en": "varchar", "valid_from": "date", "valid_to": "date", "successor": "varchar",
}  # fmt: skip


def codes_table(con, listed: Iterable[tuple[str, Listed]]) -> None:
    """Temp tables `codes` and `list_titles` of (terminology, code of a list)."""
    rows = [
        (terminology, c.code, c.title_fa or None, c.title_en or None, jalali_day(c.valid_from), jalali_day(c.valid_to) if c.valid_to else None, c.successor)
        for terminology, c in listed
    ]
    table_of(con, "codes", rows, CODES)
    list_titles(con, None, "")


def coding(number: object, rule: Rule, example: Example) -> tuple:
    """A row of `codings`; what the example leaves out is a right item's, sent the day after the rule starts."""
    day = jalali_day(example.exchange_on) if example.exchange_on else rule.start + dt.timedelta(days=1)
    terminology_id = rule.terminology if example.terminology_id is None else example.terminology_id
    return (str(number), rule.id, rule.terminology, day, *text_row("", terminology_id, example.code, example.title))


def judged(rule: Rule | str, listed: Iterable[Listed | str], *sent: Example | str, elsewhere: Iterable[tuple[str, str]] = ()) -> list[tuple]:
    """(outcome, cause, suggested code, notes) of each thing sent, in order. `elsewhere`: (terminology, code) of other lists."""
    rule = RULES[rule] if isinstance(rule, str) else rule
    lists = [(rule.terminology, Listed(code=c) if isinstance(c, str) else c) for c in listed]
    con = connect()
    codes_table(con, [*lists, *((t, Listed(code=c)) for t, c in elsewhere)])
    examples = [Example.model_construct(code=s) if isinstance(s, str) else s for s in sent]
    found = verdicts_of(con, [coding(n, rule, e) for n, e in enumerate(examples)], (rule,))
    con.close()
    return [found[str(n)] for n in range(len(examples))]


def causes(rule: Rule | str, listed: Iterable[Listed | str], *sent: Example | str, **more) -> list[str]:
    """`outcome/cause` of each thing sent; `passed/` for a pass."""
    return [f"{outcome}/{cause}" for outcome, cause, *_ in judged(rule, listed, *sent, **more)]


def item(code: str | None, title: str | None = "", terminology_id: str | None = None, on: str | None = None) -> Example:
    """A thing sent, without saying what becomes of it."""
    return Example.model_construct(code=code, title=title, terminology_id=terminology_id, exchange_on=on)
