"""The truth is true: items stand where it says, and their codes deserve the outcome it gives."""

from collections import Counter

import generator_lists as plain
import generator_naive as naive
import pytest

OUTCOMES = {
    "not_applicable", "incomplete", "placeholder", "terminology_not_allowed", "malformed", "unknown", "not_in_force", "title_mismatch", "passed",
}  # fmt: skip


def test_every_message_is_read_again(run):
    summary, truth, messages = run
    assert len(messages) == summary.messages == 1500
    assert {row["message_id"] for row in truth} <= set(messages)
    assert sum(len(naive.items(tree)) for _, tree, _ in messages.values()) == summary.items


def test_items_stand_where_truth_says(run):
    _, truth, messages = run
    numbered = {message_id: naive.items(tree) for message_id, (_, tree, _) in messages.items()}
    for row in truth:
        if row["item_no"] is not None:
            assert numbered[row["message_id"]][row["item_no"] - 1][0] == row["path"], row


def test_every_judged_place_is_in_truth(run):
    _, truth, messages = run
    known = {(row["message_id"], row["item_no"]) for row in truth}
    ends = ("OtherCosts/Name", "TotalOtherCosts/Name", "WardType", "AdmissionWard/Type", "BillServices/Service", "RelatedService/Service", "Orders/Service",
            "ProductCode", "TestName", "Composition/Diagnosis/Diagnosis", "PathologyDiagnosis/Diagnosis", "HospitalWard", "Cause/Cause")  # fmt: skip
    for message_id, (_, tree, _) in messages.items():
        for number, item in enumerate(naive.items(tree), 1):
            assert ((message_id, number) in known) == item[0].endswith(ends), (message_id, number, item[0])


def test_outcomes_are_what_a_naive_reading_finds(run, lists_home):
    _, truth, messages = run
    lists = plain.Lists(lists_home.reference / "codes.parquet")
    numbered = {message_id: naive.items(tree) for message_id, (_, tree, _) in messages.items()}
    for row in truth:
        if row["item_no"] is not None:
            _, title, declared, code = numbered[row["message_id"]][row["item_no"] - 1]
            terminology = plain.TERMINOLOGY_OF[row["rule_id"].rsplit("-", 1)[1]]
            assert lists.outcome(terminology, title, declared, code, row["exchange_on"]) == row["outcome"], (
                row,
                title,
                declared,
                code,
            )


def test_the_code_that_was_meant_is_listed(run, lists_home):
    _, truth, _ = run
    lists = plain.Lists(lists_home.reference / "codes.parquet")
    for row in truth:
        if row["cause_known"] is not None:
            assert row["cause_known"] in lists.rows[plain.TERMINOLOGY_OF[row["rule_id"].rsplit("-", 1)[1]]]
            assert row["outcome"] not in ("passed", "not_applicable")


def test_services_with_neither_terminology_go_by_service_type(run):
    _, truth, messages = run
    checked = 0
    for row in truth:
        if row["path"] == "Composition/BillServices/Service" and row["outcome"] in (
            "terminology_not_allowed",
            "incomplete",
        ):
            found = naive.items(messages[row["message_id"]][1])
            declared = found[row["item_no"] - 1][2]
            if (declared or "").upper() not in ("IRC", "RVU3"):
                kind = next(
                    item[3] for item in found[row["item_no"] :] if item[0] == "Composition/BillServices/ServiceType"
                )
                drug = kind in ("4", "5") or kind.startswith(("4.", "5."))
                assert row["rule_id"] == ("patientbill-service-irc" if drug else "patientbill-service-rvu3")
                checked += 1
    assert checked > 10


def test_every_outcome_and_most_faults_occur(run):
    summary, truth, _ = run
    assert {row["outcome"] for row in truth} == OUTCOMES
    assert len(summary.faults) >= 22
    assert summary.outcomes == dict(sorted(Counter(row["outcome"] for row in truth).items()))


def test_fixed_forms_have_a_row_without_number(run):
    _, truth, messages = run
    rows = Counter(row["message_id"] for row in truth if row["item_no"] is None)
    assert rows and all(row["path"] == "Composition/LabResult" for row in truth if row["item_no"] is None)
    for message_id, (_, tree, about) in messages.items():
        if about["operation"] == "SaveLaboratoryResult" and not isinstance(tree, dict):
            kinds = [v for e in tree.iter() for k, v in e.attrib.items() if k.endswith("}type") and "Row" not in v]
            assert sum("GeneralLaboratoryResultVO" not in kind for kind in kinds) == rows[message_id]


@pytest.mark.parametrize("phase, least, most", [("before", 0.05, 0.18), ("after", 0.02, 0.10)])
def test_failing_shares_are_plausible(run, phase, least, most):
    failed, judged = run[0].failing[phase]
    assert least < failed / judged < most
