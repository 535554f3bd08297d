"""The next letter's row adds files and nothing else: a copy of `expectations/` with an invented letter, without its rules and with them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from expectations.catalogue import RULES
from pipelines.settings import PROJECT

HERE = Path(__file__).with_name("next_letter")
# rule of the first letter → what is changed in it to make the rule of the new letter
NEW = {
    "othercost/dispensedprescription-othercosts-othercost": ("othercost/patientbill-othercosts-othercost", {
        "id: patientbill-": "id: dispensedprescription-", "service: PatientBill": "service: DispensedPrescription", "row: 1": "row: 1", 'starts_on: "1401/11/10"': 'starts_on: "1405/12/01"',
        "    - Composition/BillServices/**/OtherCosts/Name\n    - Composition/BillSummary/ServiceGroupRow/OtherCosts/Name\n  wide:\n"
        "    - Composition/BillSummary/TotalOtherCosts/Name\n    - Composition/Insurance/InsuranceOtherCosts/Name\n": "    - Composition/DispensedPrescriptions/**/OtherCosts/Name\n",
        'valid_from: "1401/11/10"': 'valid_from: "1405/12/01"', 'exchange_on: "1401/11/10"': 'exchange_on: "1405/12/01"', 'exchange_on: "1401/11/09"': 'exchange_on: "1405/11/30"',
        'exchange_on: "1401/12/01"': 'exchange_on: "1405/12/02"',
    }),
    "dischargekind/patientbill-dischargekind-dischargekind": ("wardtype/patientbill-wardtype-wardtype", {
        "id: patientbill-wardtype-wardtype": "id: patientbill-dischargekind-dischargekind", "row: 2": "row: 2", "field: HospitalWardVO.Type": "field: DischargeKind",
        'starts_on: "1401/11/10"': 'starts_on: "1405/12/15"', "thritaEHR.WardType": "thritaEHR.dischargeKind", "ThritaEHR.wardType": "ThritaEHR.DischargeKind",
    }),
    "icd10/siyabreport-diagnosis-icd10": ("icd10/otherservices-diagnosis-icd10", {
        "id: otherservices-": "id: siyabreport-", "row: 8": "row: 3", "service: OtherServices": "service: SIYABReport", 'starts_on: "1401/12/20"': 'starts_on: "1406/01/20"',
        'exchange_on: "1401/12/20"': 'exchange_on: "1406/01/20"',
    }),
}  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder whose `expectations/` holds the invented letter, but no rule for it."""
    shutil.copytree(PROJECT / "expectations", tmp_path / "expectations", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "110-99.yaml", tmp_path / "expectations" / "directive")
    return tmp_path


def add_rules(folder: Path) -> None:
    for new, (old, changes) in NEW.items():
        text = (RULES / f"{old}.yaml").read_text(encoding="utf-8").replace('letter: "1927/110/د"', 'letter: "110/99"')
        for there, instead in changes.items():
            assert there in text, (new, there)
            text = text.replace(there, instead)
        if "dischargekind" in new:  # its paths are of another element
            text = re.sub(r"  literal:\n(?:    - .*\n)+(?:  wide:\n(?:    - .*\n)+)?", "  literal:\n    - Composition/Discharge/DischargeKind\n", text)
        path = folder / "expectations" / "rules" / f"{new}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(folder: Path, *arguments: str) -> dict:
    done = subprocess.run(
        [sys.executable, str(HERE / "tell.py"), *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
        env=os.environ | {"SEPAS_DQ_HOME": str(folder / "home"), "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_row_without_a_rule_is_one_line_that_says_what_to_write(copy):
    said = told(copy)
    code, output = said["rules list"]
    assert code == 1
    lines = [line for line in output.splitlines() if "no active rule" in line]
    assert len(lines) == 3
    assert "110-99.yaml: row 1 of letter 110/99 demands DispensedPrescription × OtherCosts × thritaEHR.otherCost" in lines[0]
    assert lines[0].endswith("write expectations/rules/othercost/dispensedprescription-othercosts-othercost.yaml")
    assert "DispensedPrescription × OtherCosts: has no rule yet" in said["ahead"]


def test_with_its_rules_everything_follows_without_a_line_of_code(copy):
    add_rules(copy)
    said = told(copy, "rules")
    ids = sorted(Path(new).name for new in NEW)
    code, output = said["rules list"]
    assert code == 0 and "3 rules of letter 110/99" in output and "15 rules of letter 1927/110/د, and 1 for every service its row 8 does not name" in output
    assert "Row 1 of letter 110/99" in said["show"][1] and "in 8 days" not in said["show"][1]
    # what starts when
    ahead = said["ahead"]
    assert all(rule_id in ahead for rule_id in ids) and "in 28 days" in ahead and "no rule yet" not in ahead
    assert "Reporting the result" in ahead and "19 days after Nowruz" not in ahead and "days before Nowruz" in ahead
    assert {f"rule-{rule_id}.en.html" for rule_id in ids} | {"letter-110-99.en.html"} <= set(said["written"])
    assert all(f'href="rule-{rule_id}.en.html"' in said["start page"] for rule_id in ids) and 'data-start="1405/12/01"' in said["start page"]
    # a message with the new field is judged
    (answer,) = said["check"]
    (finding,) = answer["findings"]
    assert (finding["rule_id"], finding["outcome"], finding["phase"]) == ("dispensedprescription-othercosts-othercost", "malformed", "after")
    # a list nobody has loaded is an error of the check, never of the sender; once loaded it judges
    assert "no_list" in said["no list"][1]
    counts = {tuple(row[:3]): row[3] for row in said["counts"]}
    assert counts["patientbill-dischargekind-dischargekind", "PatientBill", "passed"] == 1
    assert counts["siyabreport-diagnosis-icd10", "SIYABReport", "passed"] == 1
    assert not any(rule == "otherservices-diagnosis-icd10" for rule, _, _ in counts), "the service has a rule of its own now"
    assert {tuple(row) for row in said["coverage"]} == {("siyabreport-diagnosis-icd10",)}
    assert [row[:4] for row in said["rules"]] == [
        ["dispensedprescription-othercosts-othercost", "110/99", 1, "1405/12/01"], ["patientbill-dischargekind-dischargekind", "110/99", 2, "1405/12/15"],
        ["siyabreport-diagnosis-icd10", "110/99", 3, "1406/01/20"],
    ]  # fmt: skip
    assert said["rules"][1][4] == "1405"
    assert {rule_id.replace("-", "_") for rule_id in ids} <= set(said["checks"])


def test_the_tests_of_the_rules_hold_for_the_new_files_as_they_are(copy):
    add_rules(copy)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", str(PROJECT / "tests" / "rules" / "test_rule_files.py"), str(PROJECT / "tests" / "rules" / "test_letters.py"),
         "-k", "other or dischargekind or siyab or letter or terminology or two_rules or words or file"],
        cwd=copy, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False, env=os.environ | {"PYTHONPATH": str(copy)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert "siyabreport" not in done.stdout
