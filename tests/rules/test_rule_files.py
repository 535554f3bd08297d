"""Every rule file loads, its examples are judged by the real plan, and together the files answer the letter, no more and no less."""

import re
from pathlib import Path

import pytest
import yaml
from judging_support import RULES, codes_table, coding

from expectations.catalogue import RULES as FOLDER
from expectations.catalogue import catalogue, covers, every_rule, field_rules, load_rules, without_rule
from expectations.kinds import KINDS
from expectations.kinds.words import in_words
from expectations.letters import binding_of, bindings, letters, services
from expectations.outcomes import OUTCOMES, register
from expectations.rule import OTHER_SERVICES
from pipelines.check import verdicts_of
from pipelines.warehouse import connect

FIRST = "1927/110/د"
SIX = ("PatientBill", "DispensedPrescription", "MedicationPrescription", "LabResult", "LabPrescription", "ImagingPrescription")
CONTRACT = {  # design.md, section 2: ids that others rely on
    "patientbill-othercosts-othercost", "patientbill-wardtype-wardtype", "patientbill-service-irc", "patientbill-service-rvu3",
    "dispensedprescription-productcode-irc", "medicationprescription-productcode-erx", "labresult-testname-lnc", "labprescription-service-lnc",
    "imagingprescription-service-lnc", *(f"{service.lower()}-diagnosis-icd10" for service in SIX),
}  # fmt: skip
FILES = sorted(FOLDER.rglob("*.yaml"))


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_examples_are_judged_as_the_rule_says(rule_id):
    rule = RULES[rule_id]
    examples = [*rule.examples.accept, *rule.examples.reject]
    con = connect()
    codes_table(con, [(rule.terminology, listed) for listed in rule.examples.codes])
    found = verdicts_of(con, [coding(n, rule, e) for n, e in enumerate(examples)], (rule,))
    got = [(e.code, e.title, *found[str(n)][:2], found[str(n)][2] or "") for n, e in enumerate(examples)]
    assert got == [(e.code, e.title, e.outcome, e.cause, e.suggested) for e in examples]


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_examples_show_most_ways_to_fail(rule_id):
    shown = {example.outcome for example in RULES[rule_id].examples.reject}
    assert {kind.outcome for kind in RULES[rule_id].expectations} - {"incomplete", "placeholder"} <= shown


def test_every_letter_is_answered_by_exactly_its_rules_and_a_row_of_all_services_by_one_more():
    rules = catalogue()
    named = [rule for rule in rules if rule.service != OTHER_SERVICES]
    assert sorted(map(binding_of, named)) == sorted(bindings()) and without_rule(rules) == []
    every = {(letter.letter, row.row) for letter in letters().values() for row in letter.rows if row.every_service}
    assert sorted((r.directive.letter, r.directive.row) for r in rules if r.service == OTHER_SERVICES) == sorted(every)
    for lost in named:
        (line,) = without_rule([rule for rule in rules if rule is not lost])
        assert lost.id in line and f"row {lost.directive.row} of letter {lost.directive.letter}" in line


def test_the_first_letter_has_its_fifteen_rules():
    of_it = [rule for rule in catalogue() if rule.directive.letter == FIRST]
    assert {rule.id for rule in of_it} == CONTRACT | {"otherservices-diagnosis-icd10"}
    assert len([b for b in bindings() if b.letter == FIRST]) == len(CONTRACT) == 15
    assert [row.starts_on for row in letters()[FIRST].rows] == [
        "1401/11/10", "1401/11/10", "1401/11/20", "1401/11/20", "1401/11/20", "1401/12/01", "1401/12/10", "1401/12/20",
    ]  # fmt: skip
    assert tuple(services())[:6] == SIX


def test_a_rule_for_every_other_service_leaves_those_of_its_row_alone():
    (other,) = [rule for rule in catalogue() if rule.directive.letter == FIRST and rule.service == OTHER_SERVICES]
    assert not any(covers(other, service) for service in SIX)
    assert covers(other, "SIYABReport") and covers(other, "AServiceOfALaterLetter")


def test_a_file_is_named_for_its_rule_and_stands_in_the_folder_of_its_terminology():
    for path in FILES:
        assert path.parent.name == path.stem.rsplit("-", 1)[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_can_be_read_aloud(path: Path):
    text = path.read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    for part in (content["title"], content["why"], content["how_to_fix"], content["directive"]["interpretation"]):
        assert re.search("[آ-ی]", part["fa"]) and re.search("[A-Za-z]", part["en"]) and not re.search("[آ-ی]", part["en"])
        assert not re.search("[يكى۰-۹٠-٩]", part["fa"]), "Persian letters; codes and dates in Latin digits"
        assert not re.search(r" [،؛.:]|\s\s", part["fa"].strip()), "no blank before a mark, none doubled"
    assert max(map(len, text.splitlines())) <= 260 and len(text.splitlines()) <= 90
    values = re.findall(r"\b(?:code|title|title_fa|title_en|suggested|exchange_on|valid_from|valid_to|terminology_id|successor): *([^ ,}])", text.split("examples:")[1])
    assert set(values) == {'"'}, "codes, titles and dates stand in quotes"
    assert not re.search(r"^\s*(on|off|yes|no|y|n):", text, re.M | re.I), "YAML reads these as true and false"


def test_every_cause_a_rule_can_give_is_explained_under_its_outcome():
    known = register().causes
    given = {(kind.outcome, cause) for rule in catalogue() for kind in rule.expectations for cause in kind.violations()}
    assert {(known[cause].outcome, cause) for _, cause in given} == given
    assert set(known) - {cause for _, cause in given} == {"no_list"}
    assert tuple(register().outcomes) == OUTCOMES


def test_no_item_has_two_rules():
    """(service, path, case) → one rule, at the paths of the message model."""
    patterns = {pattern for rule in catalogue() for pattern in (*rule.paths.literal, *rule.paths.wide)}
    paths = {pattern.replace("/**/", between) for pattern in patterns for between in ("/", "/X/", "/X/Y/", "/BillServices/")}
    paths |= {"Composition/BillServices/WardType", "Composition/Death/Cause/Cause", "Composition/Pathology/PathologyDiagnosis/Diagnosis"}
    for service in (*services(), "SIYABReport"):
        rows = [row for path in paths for row in field_rules(catalogue(), service, path)]
        keys = [(row["service"], row["path"], row["case_key"]) for row in rows]
        assert len(keys) == len(set(keys)) and keys


def test_drafts_and_retired_rules_are_not_in_force(tmp_path):
    for path in FILES[:3]:
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text if path == FILES[0] else text.replace("status: active", "status: draft"), encoding="utf-8")
    assert [rule.id for rule in load_rules(tmp_path)] == [FILES[0].stem]


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_expectations_can_be_said_in_plain_words(rule_id):
    for kind in RULES[rule_id].expectations:
        fa, en = in_words(kind, "fa"), in_words(kind, "en")
        assert len(fa) == len(en) and "{" not in re.sub("`.*?`", "", " ".join(fa + en))
        assert re.search("[آ-ی]", fa[0]) and not re.search("[آ-ی]", re.sub("`.*?`", "", " ".join(en)))
        if kind.name == "code_shape":
            assert kind.in_words and kind.in_words.fa in " ".join(fa), "a pattern is said in words too"


def test_every_parameter_of_every_kind_has_its_words():
    import yaml

    from expectations.kinds import words

    said = yaml.safe_load(Path(words.__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    assert {name: set(parts) - {"asks"} for name, parts in said.items()} == {name: set(kind.model_fields) for name, kind in KINDS.items()}
    assert all({"fa", "en"} == set(text) for parts in said.values() for text in parts.values())


def test_retired_rules_are_read_though_they_judge_nothing():
    assert [rule.id for rule in every_rule() if rule.status == "active"] == [rule.id for rule in catalogue()]
