"""Suggestions: what was probably meant, why, and the class of the cause. The list of each test is written beside it."""

import sys

import pytest
from judging_support import RULES, codes_table, coding, item

from expectations.outcomes import CAUSE_CLASSES
from expectations.rule import Listed
from expectations.suggestions import words
from pipelines.check import suggestions_of
from pipelines.findings.suggesting import attach_links
from pipelines.findings.suggesting.likeness import title_likeness
from pipelines.settings import PROJECT
from pipelines.warehouse import connect, sql, table_of

sys.path.insert(0, str(PROJECT / "benchmarks"))

WARD, ICD, LNC, IRC, RVU, ERX = (
    "patientbill-wardtype-wardtype", "patientbill-diagnosis-icd10", "labresult-testname-lnc", "patientbill-service-irc",
    "patientbill-service-rvu3", "medicationprescription-productcode-erx",
)  # fmt: skip
DRUGS = {
    "IRC": [
        Listed(code="9154715040124503", title_en="ACA TABLET ORAL 162.5 mg"), Listed(code="6634773526419774", title_en="AXAR TABLET ORAL 162.5 mg"),
        Listed(code="0038533984593944", title_en="AXAR SYRUP ORAL 5 mg/1 mL 60 mL"), Listed(code="1111222233334444", title_en="TWIN TABLET ORAL 10 mg"),
        Listed(code="5555666677778888", title_en="TWIN TABLET ORAL 10 mg"),
    ],
    "eRx": [
        Listed(code="60000", title_en="CAFFEINE / ASA 162.5 mg TABLET ORAL"), Listed(code="60001", title_en="CAFFEINE / ASA 162.5 mg TABLET ORAL [AXAR]"),
        Listed(code="60009", title_en="CAFFEINE 5 mg/1 mL SYRUP ORAL"),
    ],
}  # fmt: skip
MAPS = [
    ("IRC", "6634773526419774", "eRx", "60001"), ("IRC", "9154715040124503", "eRx", "60000"), ("IRC", "6634773526419774", "GenericCode", "1"),
    ("IRC", "9154715040124503", "GenericCode", "1"), ("eRx", "60000", "GenericCode", "1"), ("eRx", "60001", "GenericCode", "1"),
    ("eRx", "60009", "GenericCode", "3"),
]  # fmt: skip


def told(rule: str, lists: dict[str, list[Listed]], *sent, maps=()) -> list[list[tuple]]:
    """(code, score, reason, class) of each thing sent, best first."""
    con = connect()
    codes_table(con, [(terminology, code) for terminology, codes in lists.items() for code in codes])
    attach_links(con, None)
    table_of(con, "maps", list(maps), dict.fromkeys(("from_terminology", "from_code", "to_terminology", "to_code"), "varchar"))
    con.execute(f"insert into links {sql(PROJECT / 'pipelines/findings/suggesting', 'links')}")
    verdicts, found = suggestions_of(con, [coding(n, RULES[rule], one) for n, one in enumerate(sent)])
    con.close()
    for number, rows in found.items():
        assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True, key=lambda s: s or 0), "scores fall with the rank"
        assert verdicts[number][2] in (None, rows[0][0]), "the verdict and the first suggestion agree"
        assert {row[3] for row in rows} <= set(CAUSE_CLASSES) and {row[2] for row in rows} <= set(words().reasons)
        assert all(row[1] is None or 0 < row[1] <= 1 for row in rows) and len(rows) <= 5
    return [found.get(str(n), []) for n in range(len(sent))]


def first(rows: list[tuple]) -> tuple:
    return (rows[0][0], rows[0][2], rows[0][3])


def test_what_passes_gets_no_suggestion_and_what_is_near_nothing_says_so():
    passed, nothing = told(IRC, DRUGS, item("9154715040124503"), item("8888888888888888", "BETAMAX INJECTION 3 mL"))
    assert passed == []
    assert nothing == [(None, None, "none", "local_code")]


@pytest.mark.parametrize(
    ("code", "title", "declared", "expected"),
    [
        ("9154715040124508", "", None, ("9154715040124503", "near_code", "format")),
        ("9154715041024503", "", None, ("9154715040124503", "near_code", "format")),
        ("915471504012", "", None, ("9154715040124503", "prefix", "truncation")),
        ("9.15471504012E+15", "", None, ("9154715040124503", "prefix", "truncation")),
        ("38533984593944", "", None, ("0038533984593944", "repair_leading_zero_lost", "format")),
        ("9154-7150-4012-4503", "", None, ("9154715040124503", "repair_number_form", "format")),
        ("91547150401245O3", "", None, ("9154715040124503", "repair_lookalike", "format")),
        ("AXAR TABLET ORAL 162.5 mg", "", None, ("6634773526419774", "title", "typed_label")),
        ("K-17", "AXAR TABLET ORAL 162.5 mg", "Local", ("6634773526419774", "title", "local_code")),
        ("K-17", "axar tablets oral 162.5mg", "Local", ("6634773526419774", "title_similar", "local_code")),
        ("K-17", "AXARR TABLT ORAL 162.5 mg", None, ("6634773526419774", "title_similar", "local_code")),
        ("60001", "", None, ("6634773526419774", "map", "wrong_list")),
        ("60001", "AXAR TABLET ORAL 162.5 mg", "eRx", ("6634773526419774", "map", "wrong_list")),
        ("999", "AXAR TABLET ORAL 162.5 mg", None, ("6634773526419774", "title", "placeholder")),
        ("", "AXAR TABLET ORAL 162.5 mg", None, ("6634773526419774", "title", "missing")),
        ("1111222233334448", "TWIN TABLET ORAL 10 mg", None, ("1111222233334444", "title_and_code", "format")),
        ("L9", "TWIN TABLET ORAL 10 mg", "HIS", ("1111222233334444", "title_shared", "local_code")),
    ],
)
def test_drugs(code, title, declared, expected):
    [rows] = told(IRC, DRUGS, item(code, title, declared), maps=MAPS)
    assert first(rows) == expected


def test_a_title_of_two_codes_names_both_and_is_sure_of_neither():
    [rows] = told(IRC, DRUGS, item("L9", "TWIN TABLET ORAL 10 mg", "HIS"))
    assert [row[0] for row in rows] == ["1111222233334444", "5555666677778888"] and all(0.4 < row[1] < 0.5 for row in rows)


def test_a_mistyped_title_of_many_codes_is_near_all_of_them_and_sure_of_none():
    many = {"IRC": [Listed(code=f"77{n:014d}", title_en=f"ATORVASTATIN TABLET ORAL {m} mg") for m in (20, 40) for n in range(m, m + 12)]}
    rows, stranger = told(IRC, many, item("H99842", "ATORVASTATIN TABLE ORAL 20 mg"), item("H99842", "SALBUTAMOL SPRAY 100 ug"))
    assert len(rows) == 5 and all(row[2] == "title_similar" and row[0] < f"77{32:014d}" and row[1] < 0.2 for row in rows)
    assert [row[2] for row in stranger] == ["none"]


def test_from_an_irc_and_from_a_generic_code_to_erx():
    irc, generic, single = told(ERX, DRUGS, item("6634773526419774"), item("1"), item("3"), maps=MAPS)
    assert first(irc) == ("60001", "map", "wrong_list")
    assert {row[0] for row in generic} == {"60000", "60001"} and first(single) == ("60009", "map", "wrong_list")


def test_a_retired_code_leads_to_its_successor_or_to_the_code_of_its_title():
    lists = {"eRx": [
        Listed(code="61001", title_en="EXAMPLINE 10 mg TABLET"), Listed(code="61003", title_en="OLDOPRIL 5 mg TABLET", valid_to="1401/08/01", successor="61001"),
        Listed(code="61555", title_en="EXAMPLINE 10 mg TABLET", valid_to="1401/08/01"),
    ]}  # fmt: skip
    successor, by_title = told(ERX, lists, item("61003"), item("61555"))
    assert first(successor) == ("61001", "successor", "old_list") and first(by_title)[::2] == ("61001", "old_list")


def test_a_repair_by_chance_gives_way_to_the_title():
    """Six digits of another list in a LOINC field may be a LOINC code without its hyphen; the title says which."""
    lists = {"LNC": [Listed(code="80000-5", title_en="Something else"), Listed(code="718-7", title_en="Hemoglobin in Blood")]}
    titled, bare = told(LNC, lists, item("800005", "Hemoglobin in blood"), item("800005"))
    assert titled[0][0] == "718-7" and bare[0][:1] + bare[0][2:] == ("80000-5", "repair_separator_missing", "format")
    icd = {"ICD10": [Listed(code="L84", title_en="Corns and callosities"), Listed(code="I84", title_en="Haemorrhoids")]}
    corns, piles = told(ICD, icd, item("l84"), item("l84", "Haemorrhoids"))
    assert (corns[0][0], piles[0][0]) == ("L84", "I84")


def test_a_code_of_another_field_is_no_local_code():
    lists = {"LNC": [Listed(code="718-7", title_en="Hemoglobin in Blood")], "ICD10": [Listed(code="R07.2", title_en="Precordial pain")]}
    assert [rows[0][3] for rows in told(LNC, lists, item("R07.2"), item("R07.2", "Hemoglobin in Blood"), item("R0772", "Hemoglobin in Blood"))] == ["wrong_field", "wrong_field", "local_code"]


def test_a_typo_that_hits_another_code_is_named_by_its_title():
    lists = {"ICD10": [Listed(code="R07.2", title_en="Precordial pain"), Listed(code="R07.3", title_en="Other chest pain"), Listed(code="K35.2", title_en="Acute appendicitis")]}
    [near, far, cut] = told(ICD, lists, item("R07.3", "Precordial pain"), item("K35.2", "Precordial pain"), item("R07", "Precordial pain"))
    assert first(near) == ("R07.2", "title_and_code", "format") and first(far) == ("R07.2", "title", "title") and first(cut) == ("R07.2", "title_and_code", "truncation")


def test_persian_titles_are_compared_after_normalisation():
    lists = {"thritaEHR.WardType": [Listed(code="036", title_fa="مراقبت‌های ویژه قلبی"), Listed(code="300", title_fa="جراحی جنرال بزرگسالان")]}
    sent = ["مراقبتهاي ويژه قلبي", "مراقبت های ویژهٔ قلبی", "مراقبت ویژه قلبی", "ویژه قلبی مراقبتهای"]
    assert [rows[0][0] for rows in told(WARD, lists, *(item("17", title, "Local") for title in sent))] == ["036"] * 4


def test_strengths_count_more_than_letters():
    assert title_likeness("EXAMPLIN TABLET 10 mg", "EXAMPLINE TABLET 10 mg") > title_likeness("EXAMPLINE TABLET 10 mg", "EXAMPLINE TABLET 40 mg")
    assert title_likeness("قرص", "TABLET") is None and title_likeness("Glucose", "GLUCOSE ") == 1


def test_measured_on_faults_whose_cause_is_known():
    """The stand-in lists, and the same thresholds as for the real ones (`benchmarks/suggestions.py --lists`)."""
    import suggestions as benchmark

    results, _ = benchmark.measure(None, 3, 7)
    failing = [row for row in results if row[1] not in ("passed", "error")]
    assert len(failing) > 300
    assert benchmark.rates([row for row in failing if row[0].kind in benchmark.REPAIRABLE])[1] == 1
    _, top1, top3 = benchmark.rates(failing)
    assert top1 >= 0.9 and top3 >= 0.97
    assert sum(fault.cause_class == found[0][3] for fault, _, found in failing) / len(failing) >= 0.95
