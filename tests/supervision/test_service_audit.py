"""The service's verdict against ours, on tables small enough to be judged by eye."""

import datetime as dt

import pytest
from text_tables import warehouse

from pipelines.supervision.audit import write_service_audit

WARD, RVU, LNC = "patientbill-wardtype-wardtype", "patientbill-service-rvu3", "labresult-testname-lnc"
RULES = f"""
  rule_id | terminology | start_on
  {WARD}  | W           | 2023-01-30
  {RVU}   | R           | 2023-02-20
  labresult-service-rvu3 | R | 2023-02-20
"""
RELEASES = [{"terminology": "R", "release": name, "valid_from": since} for name, since in (("old", "2022-01-01"), ("new", "2023-02-25"))]
CODES = [("R", "old", "100", "2022-01-01", "2023-02-25"), ("R", "new", "200", "2023-02-25", None), ("R", "old", "300", "2022-01-01", None), ("W", "w", "036", "2022-01-01", None)]


@pytest.fixture
def audit():
    def run(calls: str, answers: str = "x", matches: str | None = None, findings: str = "x", codings: str = "x", verdicts: str = "x", messages: str | None = None, judged: str = "rule_id | items\nr | 1"):
        con = warehouse(
            marts__rules=RULES, landed__validation_calls=calls, landed__validation_answers=answers, findings__findings=findings, coded__codings=codings, findings__verdicts=verdicts,
            findings__call_matches=matches or "call_id | message_id | matched_by | side\nc1 | m1 | content | before",
            landed__messages=messages or "message_id | exchange_on | content_sha256\nm1 | 2023-03-01 | -",
            findings__outcome_counts=judged,
            coded__items=f"message_id | item_no | rule_id\nm1 | 1 | {WARD}\nm1 | 2 | {RVU}",
        )  # fmt: skip
        con.execute("create or replace table reference.codes (terminology varchar, release varchar, code varchar, valid_from date, valid_to date)")
        con.executemany("insert into reference.codes values (?, ?, ?, ?, ?)", CODES)
        for column in ("jalali_month", "quarter"):
            con.execute(f"alter table reference.calendar add column if not exists {column} varchar")
        con.execute("insert into reference.calendar (date) select cast(d as date) from range(date '2023-01-01', date '2023-04-01', interval 1 day) as t(d)")
        write_service_audit(con, RELEASES)
        return con

    return run


def calls(passed: str, day: str = "2023-03-01", content: str = "m1") -> str:
    return f"call_id | called_at | called_on | passed | message_id | content_sha256\nc1 | {day} 10:00:00 | {day} | {passed} | {content} | -"


def named(rule: str, outcome: str = "unknown", code: str = "-") -> str:
    return f"call_id | answer_no | rule_id | outcome | code_named\nc1 | 1 | {rule} | {outcome} | {code}"


def fails(rule: str, outcome: str, code: str, terminology: str = "R", day: str = "2023-02-25", reading: str = "literal") -> dict[str, str]:
    coding = f"{rule}/t/{day}"
    return {
        "findings": f"message_id | item_no | rule_id | outcome | path | reading | coding_id\nm1 | 2 | {rule} | {outcome} | p | {reading} | {coding}",
        "codings": f"coding_id | rule_id | terminology | text_id | code_clean\n{coding} | {rule} | {terminology} | t | {code}",
        "verdicts": f"coding_id | rule_id | outcome\n{coding} | {rule} | {outcome}",
    }


def verdicts(con) -> dict[str, str]:
    return dict(con.execute("select rule_id, verdict from marts.service_audit").fetchall())


def one(con) -> tuple:
    return con.execute("select verdict, reason, rule_id, outcome, service_outcome, code, list_release, list_timing from marts.service_disagreements").fetchone()


def test_both_pass(audit):
    con = audit(calls("true"))
    assert verdicts(con) == {WARD: "agree", RVU: "agree"} and one(con) is None


def test_it_passed_what_we_refuse(audit):
    con = audit(calls("true"), **fails(RVU, "unknown", "999"))
    assert verdicts(con) == {WARD: "agree", RVU: "false_accept"}
    assert one(con) == ("false_accept", "in_force", RVU, "unknown", None, None, "new", ""), "a code no release lists is not shown"


def test_the_difference_vanishes_under_the_list_before(audit):
    assert one(audit(calls("true"), **fails(RVU, "not_in_force", "100")))[5:] == ("100", "new", "older_list")


def test_a_failure_before_the_start_may_pass(audit):
    con = audit(calls("true", "2023-02-10"), messages="message_id | exchange_on\nm1 | 2023-02-10", **fails(RVU, "unknown", "999", day="2022-01-01"))
    assert verdicts(con)[RVU] == "agree" and one(con) is None


def test_it_refused_what_we_pass(audit):
    con = audit(calls("false"), named(RVU, "unknown", "300"))
    assert verdicts(con) == {WARD: "not_told", RVU: "false_refuse"}
    assert one(con) == ("false_refuse", "in_force", RVU, None, "unknown", "300", "new", "")


def test_a_new_code_the_service_does_not_know_yet(audit):
    assert one(audit(calls("false"), named(RVU, "unknown", "200")))[-1] == "older_list"


def test_a_rule_enforced_before_its_start(audit):
    con = audit(calls("false", "2023-02-10"), named(RVU), messages="message_id | exchange_on\nm1 | 2023-02-10", **fails(RVU, "unknown", "999", day="2022-01-01"))
    assert one(con)[:3] == ("false_refuse", "early", RVU)


def test_a_refusal_for_one_rule_says_nothing_of_another(audit):
    con = audit(calls("false"), named(WARD, "malformed"), **fails(WARD, "malformed", "36", "W", "2022-01-01"))
    assert verdicts(con) == {WARD: "agree", RVU: "not_told"} and one(con) is None


def test_both_refuse_for_different_reasons(audit):
    assert verdicts(audit(calls("false"), named(WARD, "unknown"), **fails(RVU, "unknown", "999"))) == {WARD: "other_reason", RVU: "not_told"}
    assert verdicts(audit(calls("false"), named(RVU, "malformed"), **fails(RVU, "unknown", "999")))[RVU] == "other_reason"


def test_a_log_that_takes_the_message_for_another_service(audit):
    assert verdicts(audit(calls("false"), named("labresult-service-rvu3"))) == {WARD: "not_told", RVU: "false_refuse"}


def test_a_refusal_nobody_mapped_is_not_compared(audit):
    con = audit(calls("false"), "call_id | answer_no | rule_id | outcome\nc1 | 1 | - | -")
    assert verdicts(con) == {WARD: "not_comparable", RVU: "not_comparable"} and one(con) is None


def test_other_content_is_not_compared(audit):
    assert verdicts(audit(calls("true", content="earlier"), **fails(RVU, "unknown", "999"))) == {}
    window = "call_id | message_id | matched_by | side\nc1 | m1 | window | before"
    assert verdicts(audit(calls("true"), matches=window, **fails(RVU, "unknown", "999"))) == {}


def test_a_uid_without_content_proves_a_pass_only(audit):
    uid = "call_id | message_id | matched_by | side\nc1 | m1 | uid | before"
    con = audit(calls("true", content="-"), matches=uid, **fails(RVU, "unknown", "999"))
    assert con.execute("select verdict, evidence from marts.service_disagreements").fetchall() == [("false_accept", "uid")]
    assert verdicts(audit(calls("false", content="-"), named(RVU), matches=uid)) == {}, "it may have been repaired before it was sent"


def test_the_list_changed_between_call_and_sending(audit):
    earlier, new_failure = calls("true", "2023-02-24"), fails(RVU, "not_in_force", "100")
    assert verdicts(audit(earlier, **new_failure))[RVU] == "not_comparable"
    judged_then = new_failure | {"verdicts": new_failure["verdicts"] + f"\n{RVU}/t/2022-01-01 | {RVU} | passed"}
    assert verdicts(audit(earlier, **judged_then))[RVU] == "agree"
    assert verdicts(audit(calls("false", "2023-02-24"), named(RVU, "not_in_force")))[RVU] == "not_comparable"
    assert verdicts(audit(earlier, **fails(RVU, "malformed", "1")))[RVU] == "false_accept", "a shape is wrong on both days"


def test_items_beyond_the_letter_s_field_are_told_apart(audit):
    con = audit(calls("true"), **fails(RVU, "unknown", "999", reading="wide"))
    assert con.execute("select verdict, reading from marts.service_disagreements").fetchall() == [("false_accept", "wide")]


def test_messages_not_judged_yet_are_no_disagreement(audit):
    assert verdicts(audit(calls("false"), named(RVU, "unknown", "300"), judged="x")) == {}


def test_days_of_rule_and_service(audit):
    con = audit(calls("true"), **fails(RVU, "unknown", "999"))
    assert con.execute("select state, calls, missed, enforced from marts.service_days where rule_id = ?", [RVU]).fetchall() == [("not_estimable", 1, 1, 0)]
    assert con.execute("select day, state from marts.service_days where rule_id = ''").fetchall() == [(dt.date(2023, 3, 1), "in_force")]


def test_without_a_log_all_are_there_and_empty(audit):
    con = audit("x", matches="x")
    for table in ("service_audit", "service_disagreements", "service_days"):
        assert con.execute(f"select count(*) from marts.{table}").fetchone() == (0,)
