"""Two implementations of the judgement, one in SQL and one in plain Python, agree on thousands of random codings."""

import datetime as dt
import random
from collections import Counter

import naive
import pytest
from judging_support import CODES, RULES

from expectations.outcomes import OUTCOMES
from pipelines.check import verdicts_of
from pipelines.findings.judging import list_titles
from pipelines.landed.tables import text_row
from pipelines.warehouse import connect, table_of

MORE = {
    "ICD10": ["A00.1", "B20", "C50.9", "D64.9", "E11", "J45.0", "Z99.1"], "thritaEHR.WardType": ["006", "037", "100", "301"], "thritaEHR.otherCost": ["1", "2.1", "013"],
    "IRC": ["0010002000300040", "1234567890123456"], "eRx": ["00012", "70001"], "RVU3": ["100016", "100016.5", "000998"], "LNC": ["3016-3", "14682-9", "999-3"],
}  # fmt: skip
TITLES = ["جراحی عمومی", "مراقبت ویژه نوزادان", "Glucose in serum", "قرص", "TABLET 10 mg", "Cholera", ""]


def invented_lists(rng: random.Random) -> naive.Lists:
    lists = naive.Lists()
    for rule in RULES.values():
        if rule.terminology not in lists.entries:
            day = naive.jalali
            lists.entries[rule.terminology] = [
                naive.Entry(c.code, c.title_fa, c.title_en, day(c.valid_from), day(c.valid_to) if c.valid_to else None, c.successor) for c in rule.examples.codes
            ]
    for terminology, codes in MORE.items():
        for code in codes:
            since = dt.date(2020, 1, 1) + dt.timedelta(days=rng.randrange(0, 1300))
            until = rng.choice([None, None, since, since + dt.timedelta(days=rng.randrange(1, 900))])
            entry = naive.Entry(code, rng.choice(["", *TITLES]), rng.choice(["", "Title of " + code]), since, until)
            lists.entries[terminology].append(entry)
            if until and until > since and rng.random() < 0.4:
                lists.entries[terminology].append(naive.Entry(code, entry.title_fa, "Renamed " + code, until + dt.timedelta(days=30), None))
    return lists


def damaged(code: str, rng: random.Random) -> str | None:
    kinds = [
        lambda c: c, lambda c: c, lambda c: c, lambda c: c.lstrip("0"), lambda c: c.replace(".", ""), lambda c: c.replace("-", ""), lambda c: c.replace(".", ","),
        str.lower, lambda c: c + "#", lambda c: "*" + c, lambda c: " " + c, lambda c: c + "\u00a0", lambda c: c[:2] + " " + c[2:], lambda c: c[:2] + "\u200c" + c[2:],
        lambda c: c.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), lambda c: c[:-1], lambda c: c + "1", lambda c: c + ".1", lambda c: "",
        lambda c: None, lambda c: rng.choice(["0", "999", "-", "test", "ندارد", "N/A", "۰"]), lambda c: rng.choice(["CBC", "سرم", "12'34", "%", "_", "a\nb", "26", "90.1"]),
        lambda c: str(rng.randrange(10 ** rng.randint(1, 8))), lambda c: f"{rng.randrange(100, 99999)}-{rng.randrange(10)}", lambda c: c + "\n",
    ]  # fmt: skip
    return rng.choice(kinds)(code)


def random_codings(rng: random.Random, lists: naive.Lists, number: int) -> list[tuple]:
    """(rule, code, title, terminology id, day)."""
    everything = [entry for entries in lists.entries.values() for entry in entries]
    made = []
    for _ in range(number):
        rule = RULES[rng.choice(sorted(RULES))]
        own = rng.choice(lists.entries[rule.terminology])
        entry = own if rng.random() < 0.9 else rng.choice(everything)
        code = damaged(entry.code, rng)
        other = rng.choice(lists.entries[rule.terminology])
        title = rng.choice(["", None, own.title_fa, own.title_en, own.title_fa.replace("ی", "ي"), own.title_en.upper(), own.title_en[:14], other.title_fa, other.title_en, *TITLES[:3]])
        if rng.random() < 0.04:
            code, title = title or "عنوان", code
        terminology = rng.choice([rule.terminology] * 12 + [rule.terminology.lower(), f" {rule.terminology}", "Local", "", None])
        day = rng.choice([None, *[dt.date(2020, 6, 1) + dt.timedelta(days=rng.randrange(1400))] * 9])
        made.append((rule, code, title, terminology, day))
    return made


@pytest.mark.parametrize("seed", range(2))
def test_sql_and_python_agree(seed):
    rng = random.Random(seed)
    lists = invented_lists(rng)
    codings = random_codings(rng, lists, 1500)
    con = connect()
    table_of(con, "codes", [(t, e.code, e.title_fa, e.title_en, e.since, e.until, e.successor) for t, entries in lists.entries.items() for e in entries], CODES)
    list_titles(con, None, "")
    rows = [(str(n), rule.id, rule.terminology, day, *text_row("", terminology, code, title)) for n, (rule, code, title, terminology, day) in enumerate(codings)]
    found = verdicts_of(con, rows)
    differ = []
    for n, (rule, code, title, terminology, day) in enumerate(codings):
        want = naive.judge(rule.id, lists, code, title, terminology, day)
        if found[str(n)][:2] != want:
            differ.append((rule.id, code, title, terminology, day, "sql", found[str(n)][:2], "naive", want))
    assert differ[:5] == [] and not differ
    assert set(Counter(row[0] for row in found.values())) == set(OUTCOMES) - {"not_applicable", "error"}


def test_a_missing_list_is_an_error_in_both():
    rule = RULES["patientbill-service-irc"]
    con = connect()
    table_of(con, "codes", [("LNC", "718-7", None, None, dt.date(2020, 1, 1), None, None)], CODES)
    list_titles(con, None, "")
    rows = [("1", rule.id, rule.terminology, rule.start, *text_row("", "IRC", "1", ""))]
    assert verdicts_of(con, rows, (rule,))["1"][:2] == naive.judge(rule.id, naive.Lists(), "1", "", "IRC", rule.start) == ("error", "no_list")
