"""Extra checks: every file loads, its examples are looked at by the real SQL, wrong files are refused, and outcomes are never touched."""

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from judging_support import RULES

from expectations.errors import RuleError
from expectations.extra_check import FOLDER, coding_notes, extra_checks, load_extra_check
from pipelines.findings import extra
from pipelines.findings.judging import attach_rules, list_titles
from pipelines.persian import match_key
from pipelines.warehouse import connect, table_of

CHECKS = {check.id: check for check in extra_checks()}
DAY = dt.date(2023, 4, 9)  # 1402/01/20
FROM = dt.date(2020, 3, 20)


def looked(check, lists, messages, on=DAY, ends=None) -> list[list[str]]:
    """What the check says of each item of each message: noted, clear or unseen."""
    con = connect()
    codes = [(c.terminology, c.code, c.title_fa or None, c.title_en or None, c.status or None, FROM, ends) for c in lists]
    kinds = {"terminology": "varchar", "code": "varchar", "title_fa": "varchar", "title_en": "varchar", "status": "varchar", "valid_from": "date", "valid_to": "date"}
    table_of(con, "codes", codes, kinds)
    list_titles(con, None, "")
    text = dict.fromkeys(("terminology", "release", "code", "name", "value"), "varchar")
    table_of(con, "attributes", [(c.terminology, "r", c.code, n, v) for c in lists for n, v in c.attributes.items()], text)
    columns = dict.fromkeys(("from_terminology", "from_code", "to_terminology", "to_code"), "varchar")
    table_of(con, "maps", [(c.terminology, c.code, to, code) for c in lists for to, code in c.maps.items()], columns)
    spans = {"terminology": "varchar", "release": "varchar", "starts": "date", "ends": "date"}
    table_of(con, "list_releases", [(t, "r", FROM, ends) for t in sorted({c.terminology for c in lists})], spans)
    attach_rules(con, tuple(RULES.values()))
    extra.attach_facts(con)
    items, codings, verdicts, sent = [], [], [], []
    for m, message in enumerate(messages):
        sent.append((f"m{m}", on))
        for number, item in enumerate(message, 1):
            key = f"{m}/{number}"
            items.append((f"m{m}", number, item.rule, key, item.code, "literal"))
            codings.append((key, match_key(item.title)))
            verdicts.append((key, item.outcome))
    table_of(con, "messages", sent, {"message_id": "varchar", "exchange_on": "date"})
    table_of(con, "items", items, {"message_id": "varchar", "item_no": "integer", "rule_id": "varchar", "coding_id": "varchar", "code": "varchar", "reading": "varchar"})
    table_of(con, "codings", codings, {"coding_id": "varchar", "title_key": "varchar"})
    table_of(con, "verdicts", verdicts, {"coding_id": "varchar", "outcome": "varchar"})
    extra.look(con, (check,))
    found = {(m, n): "noted" if noted else "clear" for m, n, noted in con.execute("select message_id, item_no, noted from looked_at").fetchall()}
    doubled = con.execute("select count(*) - count(distinct (message_id, item_no)) from looked_at").fetchone()
    con.close()
    assert doubled == (0,)
    return [[found.get((f"m{m}", n), "unseen") for n, _ in enumerate(message, 1)] for m, message in enumerate(messages)]


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_examples_are_looked_at_as_the_file_says(check_id):
    check = CHECKS[check_id]
    assert looked(check, check.examples.lists, check.examples.messages) == [[item.says for item in message] for message in check.examples.messages]


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_without_what_it_needs_or_before_the_list_starts_nothing_is_looked_at(check_id):
    check = CHECKS[check_id]
    unseen = [["unseen"] * len(message) for message in check.examples.messages]
    assert looked(check, check.examples.lists, check.examples.messages, on=FROM - dt.timedelta(days=1)) == unseen
    assert looked(check, check.examples.lists, check.examples.messages, on=None) == unseen
    assert looked(check, check.examples.lists, check.examples.messages, ends=DAY) == unseen
    if any(need.what != "codes" for need in check.needs):
        bare = [c.model_copy(update={"attributes": {}, "maps": {}, "status": ""}) for c in check.examples.lists]
        assert looked(check, bare, check.examples.messages) == unseen
        assert check.missing({(c.terminology, "codes", "") for c in bare}) == check.needs
    assert check.missing(need.key for need in check.needs) == []


@pytest.mark.parametrize("check_id", sorted(CHECKS))
def test_a_failing_item_and_the_wide_reading_are_not_looked_at(check_id):
    check = CHECKS[check_id]
    failing = [[item.model_copy(update={"outcome": "unknown"}) for item in message] for message in check.examples.messages]
    assert looked(check, check.examples.lists, failing) == [["unseen"] * len(message) for message in failing]


def test_every_check_has_its_sql_and_every_sql_its_check():
    shared = {"facts", "carried", "generics", "seen"}
    assert {path.stem for path in Path(extra.__file__).parent.glob("*.sql")} == shared | set(CHECKS)
    assert not set(CHECKS) & set(coding_notes())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_can_be_read_aloud(path):
    text = path.read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    for part in ("title", "why", "reading", "looks_at", "how_to_fix"):
        fa, en = content[part]["fa"], content[part]["en"]
        assert re.search("[آ-ی]", fa) and re.search("[A-Za-z]", en)
        assert not re.search("[يك۰-۹٠-٩]", fa) and not re.search(r" [،؛.:]|\s\s", fa.strip())
        assert not re.search("[آ-ی]", re.sub("«[^»]*»|\\(«.*?»\\)", "", en))


WRONG = {
    "unknown field": (lambda c: c | {"colour": "red"}, "colour"),
    "unknown rule": (lambda c: c | {"rules": ["patientbill-service-xyz"]}, "is not a rule"),
    "no needs": (lambda c: c | {"needs": []}, "needs"),
    "a need without a name": (lambda c: c | {"needs": [{"terminology": "LNC", "what": "attribute"}]}, "name"),
    "no Persian": (lambda c: c | {"title": {"fa": " ", "en": "x"}}, "title.fa"),
    "number as code": (lambda c: c | {"examples": c["examples"] | {"messages": [[{"rule": "labresult-testname-lnc", "code": 12, "says": "noted"}]] * 2}}, "code"),
    "examples that show one answer": (lambda c: c | {"examples": c["examples"] | {"messages": [c["examples"]["messages"][0][:1]] * 2}}, "show each of"),
    "one author": (lambda c: c | {"checked_by": c["authored_by"]}, "another person"),
    "another name": (lambda c: c | {"id": "something_else"}, "must agree"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_file_is_refused_in_one_line(tmp_path, fault):
    content = yaml.safe_load((FOLDER / "order_only_in_result.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "order_only_in_result.yaml"
    change, said = WRONG[fault]
    path.write_text(yaml.safe_dump(change(content), allow_unicode=True), encoding="utf-8")
    with pytest.raises(RuleError, match=re.escape(said)) as raised:
        load_extra_check(path)
    assert str(path) in str(raised.value) and "\n" not in str(raised.value)


def test_an_attribute_is_that_of_the_release_of_the_day():
    """Release a says Both, release b says Order, the full release c says nothing: c ends what was said."""
    con = connect()
    days = [dt.date(2021, 1, 1), dt.date(2022, 1, 1), dt.date(2023, 1, 1)]
    table_of(con, "list_releases", [("LNC", "a", days[0], days[1]), ("LNC", "b", days[1], days[2]), ("LNC", "c", days[2], None)],
             {"terminology": "varchar", "release": "varchar", "starts": "date", "ends": "date"})  # fmt: skip
    table_of(con, "attributes", [("LNC", "a", "1", "order_or_result", "Both"), ("LNC", "b", "1", "order_or_result", "Order")],
             dict.fromkeys(("terminology", "release", "code", "name", "value"), "varchar"))  # fmt: skip
    con.execute(f"create temp table facts as {extra.sql(extra.__file__, 'facts')}")
    assert con.execute("select value, since, until from facts order by since").fetchall() == [("Both", days[0], days[1]), ("Order", days[1], days[2])]
    table_of(con, "list_releases", [("LNC", "a", days[0], None), ("LNC", "b", days[1], None)],
             {"terminology": "varchar", "release": "varchar", "starts": "date", "ends": "date"})  # fmt: skip
    con.execute(f"create or replace temp table facts as {extra.sql(extra.__file__, 'facts')}")
    assert con.execute("select value, since, until from facts order by since").fetchall() == [("Both", days[0], days[1]), ("Order", days[1], dt.date(9999, 12, 31))]


