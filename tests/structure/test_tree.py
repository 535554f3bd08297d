"""What no file of the tree may hold, and what must stand beside what."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from pipelines.marts import build
from pipelines.settings import PROJECT

REGISTRIES = re.compile(
    r"https?://[^\s\"')>]*(?:pypi\.org|pythonhosted\.org|npmjs|registry\.|anaconda|conda\.|unpkg|jsdelivr|cdnjs|googleapis|gstatic|crates\.io|proxy\.golang|docker\.io|ghcr\.io)", re.I
)  # fmt: skip
TEXT = {".py", ".sql", ".yaml", ".yml", ".toml", ".md", ".txt", ".csv", ".json", ".html", ".css", ".js", ".j2", ".svg", ".cfg", ".ini", ".sh", ""}
ARABIC = re.compile("[يك]")
ARABIC_ON_PURPOSE = {
    # file → why it holds an Arabic yeh or kaf
    "pipelines/persian.py": "the letters it replaces",
    "pipelines/reports/templates/behaviour.js": "the letters its search replaces",
    "expectations/rules/othercost/patientbill-othercosts-othercost.yaml": "examples of titles as sent",
    "expectations/rules/rvu3/patientbill-service-rvu3.yaml": "examples of titles as sent",
    "expectations/rules/wardtype/patientbill-wardtype-wardtype.yaml": "examples of titles as sent",
}
ARABIC_FOLDERS = ("tests/", "pipelines/generator/", "pipelines/terminologies/", "pipelines/organisations/data/")  # invented dirt, lists as published
CONTRACT = {
    # docs/architecture.md, «Tables of the marts», and design.md, section 4
    "marts.outcome_counts": "rule_id, terminology, service, field, reading, university_id, facility_id, vendor_id, system_id, exchange_on, jalali_month, quarter, phase, gate, outcome, cause, items, messages",
    "marts.judged_counts": "rule_id, terminology, university_id, facility_id, vendor_id, exchange_on, jalali_month, quarter, phase, gate, items_judged, items_failed",
    "marts.notes": "rule_id, note, university_id, vendor_id, jalali_month, items, items_looked_at",
    "marts.note_kinds": "note, kind, title_fa, title_en, looks_at_fa, looks_at_en, rules, needs, missing, estimable, synthetic",
    "marts.readiness": "rule_id, terminology, weeks_before, as_of, start_on, university_id, facility_id, vendor_id, system_id, gate, messages, messages_with_field, items_judged, items_failed, error_rate, low, high, items_judged_before, items_failed_before, expected_weekly_failures, tolerance, readiness, reason, act",
    "marts.readiness_days": "rule_id, weeks_before, as_of, window_from, previous_from",
    "marts.causes": "cause, outcome, error_class, responsible",
    "marts.error_rate_by_university": "rule_id, terminology, university_id, jalali_month, quarter, phase, gate, items_judged, items_failed, error_rate, low, high",
    "marts.error_rate_by_vendor": "rule_id, terminology, vendor_id, jalali_month, quarter, phase, gate, items_judged, items_failed, error_rate, low, high",
    "marts.error_rate_by_facility": "rule_id, terminology, university_id, facility_id, jalali_month, quarter, phase, gate, items_judged, items_failed, error_rate, low, high",
    "marts.error_rate_around_rollout": "rule_id, terminology, university_id, vendor_id, start_on, weeks_from_start, items_judged, items_failed",
    "marts.worst_codings": "rule_id, terminology_id, code, title, outcome, cause, responsible, suggested_code, university_id, vendor_id, quarter, items, messages",
    "marts.suggestions": "rule_id, terminology_id, code, title, outcome, cause, cause_class, vendor_id, quarter, items, rank, suggested_code, suggested_title, score, reason",
    "marts.coverage": "rule_id, terminology, service, university_id, vendor_id, jalali_month, quarter, messages, messages_with_items, items, items_judged, not_applicable, errors",
    "marts.validation_service_use": "university_id, facility_id, vendor_id, product, version, service, week_start, week, gate, use_class, matched_by, confidence, messages, last_passed, timed, minutes_between_sum, within_1m, within_10m, within_1h, within_1d, later",
    "landed.validation_calls": "call_id, log_id, called_at, called_on, system_id, facility_id, composition_uid, message_id, message_uid, service, passed, answers",
    "landed.validation_answers": "call_id, answer_no, error_category_type, critical, source, text_key, rule_id, outcome, code_named",
    "landed.send_results": "result_id, log_id, sent_at, sent_on, system_id, facility_id, composition_uid, message_id, message_uid, service, accepted, text_key, error_class",
    "landed.call_quarantine": "log_id, row, reason",
    "findings.call_matches": "call_id, message_id, matched_by, confidence, side, seconds_between",
    "findings.message_use": "message_id, use_class, matched_by, confidence, sent_at, calls_before, calls_after, last_passed, seconds_between",
    "marts.list_policy_counts": "list_policy, rule_id, terminology, university_id, vendor_id, jalali_month, quarter, phase, gate, outcome, items",
    "marts.error_rate_by_list_policy": "rule_id, terminology, list_policy, jalali_month, quarter, phase, gate, items_judged, items_failed, error_rate, low, high",
    "marts.refusable_counts": "university_id, facility_id, vendor_id, system_id, service, jalali_month, quarter, gate, state, stage_on, messages, refusable_messages",
    "marts.bypass_evidence": "university_id, facility_id, vendor_id, system_id, product, version, period_kind, period, gate, messages, refusable_messages, passed_calls, refusals, expected_if_validating, expected_if_bypassing, base_source, llr_a, llr_b, llr_c, llr_d, prior, probability, low, high, estimable, reason",
    "marts.code_traffic": "rule_id, terminology, code, reading, university_id, facility_id, vendor_id, jalali_month, quarter, items, items_passed, first_on, last_on",
    "marts.service_audit": "rule_id, terminology, service, list_release, called_on, jalali_month, quarter, in_force, evidence, reading, verdict, list_timing, calls",
    "marts.service_disagreements": "verdict, reason, rule_id, terminology, service, call_id, message_id, called_at, called_on, evidence, reading, item_no, path, outcome, service_outcome, code, list_release, list_timing",
    "marts.service_days": "rule_id, day, state, calls, missed, enforced, failed, chance",
    "marts.rules": "rule_id, terminology, service, field, title_fa, title_en, start_on, start_jalali, letter, letter_row, lists, synthetic, tolerance",
    "reference.codes": "terminology, release, code, title_fa, title_en, status, valid_from, valid_to, successor",
    "reference.calendar": "date, jdate, jyear, jmonth, jday, jquarter, quarter, week",
    "reference.universities": "university_id, name_fa, name_en",
    "reference.facilities": "facility_id, university_id",
    "reference.systems": "system_id, vendor_id, product, version, certificate_no, certificate_until",
    "landed.extracts": "extract_id, file, format, bytes, messages, quarantined, duplicates, gate, university_id, landed_at",
    "landed.messages": "message_id, extract_id, service, exchange_on, exchange_on_source, university_id, facility_id, system_id, vendor_id, composition_uid, attempt_no, items, private_items",
    "landed.quarantine": "extract_id, entry, offset, reason, detail",
    "coded.items": "message_id, item_no, path, field, terminology_id, code, title, rule_id, coding_id",
    "findings.findings": "message_id, item_no, rule_id, outcome, cause, error_class, responsible, suggested_code, phase, university_id, facility_id, vendor_id, system_id, service, exchange_on",
}  # fmt: skip


@cache
def tracked() -> tuple[str, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout.decode()
    return tuple(name for name in listed.split("\0") if name and Path(name).suffix in TEXT and (PROJECT / name).is_file())


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8", errors="replace")


def test_no_address_of_a_registry_or_a_cdn():
    assert {name: hits for name in tracked() if (hits := REGISTRIES.findall(read(name)))} == {}
    assert "uv.lock" not in tracked()


def test_persian_is_written_in_persian_letters():
    found = {
        name: sorted({line.strip()[:80] for line in read(name).splitlines() if ARABIC.search(line)})
        for name in tracked()
        if name not in ARABIC_ON_PURPOSE and not name.startswith(ARABIC_FOLDERS)
    }
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert all(ARABIC.search(read(name)) for name in ARABIC_ON_PURPOSE), "an exception that is no longer one"


def test_arabic_letters_of_a_rule_stand_in_examples_only():
    for name in ARABIC_ON_PURPOSE:
        if name.endswith(".yaml"):
            assert not ARABIC.search(read(name).split("\nexamples:")[0])


@pytest.mark.parametrize("name", build.marts())
def test_every_mart_has_a_test(name):
    assert (PROJECT / "tests" / "marts" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("kind", sorted(p.stem for p in (PROJECT / "expectations" / "kinds").glob("*_*.py") if not p.stem.startswith("__")))
def test_every_kind_has_a_test(kind):
    assert (PROJECT / "tests" / "kinds" / f"test_{kind}.py").is_file()


def test_the_warehouse_has_the_columns_of_the_contract(tmp_path):
    from pipelines import flow
    from pipelines.settings import Home
    from pipelines.warehouse import reading

    home = Home(tmp_path)
    flow.publish(home)
    with reading(home) as con:
        for table, columns in CONTRACT.items():
            there = [row[0] for row in con.execute(f"describe {table}").fetchall()]
            assert set(columns.split(", ")) <= set(there), table


def test_the_contract_is_the_one_that_is_documented():
    documented = dict(re.findall(r"^\| `(marts\.\w+)` \| (.+?) \|$", read("docs/architecture.md"), re.M))
    for table, columns in documented.items():
        said = [re.sub(r" \(.*", "", column) for column in re.split(r", (?![^(]*\))", columns)]
        assert ", ".join(said) == CONTRACT[table]
