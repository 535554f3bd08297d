"""Any strings whatever get exactly one outcome, and a missing part is never a missing verdict; first match wins."""

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judging_support import RULES, codes_table, coding, item, judged

from expectations.catalogue import catalogue
from expectations.kinds import EVIDENCE, KINDS, parse_kind
from expectations.outcomes import OUTCOMES, register
from expectations.plan import branches, verdicts_sql
from expectations.rule import Listed
from pipelines.check import verdicts_of
from pipelines.warehouse import connect, table_of

LISTED = [("ICD10", "R07.2"), ("thritaEHR.WardType", "036"), ("thritaEHR.otherCost", "12"), ("IRC", "1" * 16), ("eRx", "61001"), ("RVU3", "800005"), ("LNC", "718-7")]
PARTS = st.one_of(
    st.none(), st.text(max_size=12), st.text("0123456789.-", max_size=17), st.text("۰۱۲RrE07.2#*† \u200c\u00a0'%_\\\n", max_size=8),
    st.sampled_from([code for _, code in LISTED] + ["ICD10", "icd10", "IRC", "LNC", "", " ", "0", "test", "36", "R072", "7187", "26", "800005.1"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(sorted(RULES)), PARTS, PARTS, PARTS), min_size=20, max_size=60))
def test_any_strings_get_exactly_one_outcome(sent):
    con = connect()
    codes_table(con, [(t, Listed(code=c, title_fa="عنوان", title_en="title")) for t, c in LISTED])
    rows = [coding(n, RULES[rule], item(code, title, terminology)) for n, (rule, code, title, terminology) in enumerate(sent)]
    found = verdicts_of(con, rows)
    assert set(found) == {str(n) for n in range(len(sent))}
    assert con.execute("select count(*) from verdicts").fetchone() == (len(sent),)
    causes = register().causes
    for outcome, cause, _suggested, notes in found.values():
        assert outcome in OUTCOMES and notes is not None
        assert (cause == "") if outcome == "passed" else causes[cause].outcome == outcome
    con.close()


def test_no_part_at_all_is_no_pass():
    """NULL in every column a reader could leave out."""
    con = connect()
    codes_table(con, [("ICD10", Listed(code="R07.2"))])
    rule = RULES["patientbill-diagnosis-icd10"]
    rows = [("1", rule.id, rule.terminology, None, "", None, None, None, None, None, None, None, None)]
    assert verdicts_of(con, rows, (rule,)) == {"1": ("incomplete", "code_missing", None, "title_blank ")}


def test_predicates_are_never_null_over_evidence_without_nulls():
    """Every kind of every rule, over every truth value of the evidence."""
    con = connect()
    flags = [name for name in EVIDENCE if name in ("list_loaded", "listed", "base_listed", "in_force")]
    texts = [name for name in EVIDENCE if name not in (*flags, "epoch_day", "listed_from", "title_score")]
    rows = [(*values, *[text] * len(texts), day, since, score) for values in itertools.product([True, False], repeat=len(flags))
            for text in ("", "036", "R07.2", "718-8") for day, since, score in ((None, None, -1), (None, None, 0), (None, None, 100))]  # fmt: skip
    columns = {**dict.fromkeys(flags, "boolean"), **dict.fromkeys(texts, "varchar"), "epoch_day": "date", "listed_from": "date", "title_score": "integer"}
    table_of(con, "evidence", rows, columns)
    for rule in catalogue():
        for kind in rule.expectations:
            for cause, predicate in kind.violations().items():
                assert con.execute(f"select count(*) from evidence where ({predicate}) is null").fetchone() == (0,), (rule.id, cause)


def test_earlier_outcomes_win():
    """One coding that violates everything it can, mended step by step."""
    listed = [Listed(code="036", title_fa="قلب", valid_to="1400/01/01"), Listed(code="300", title_fa="جراحی")]
    steps = [item("", "جراحی", ""), item("0", "جراحی", "x"), item("x y", "جراحی", "x"), item("x y", "جراحی"), item("137", "جراحی"), item("036", "جراحی"), item("036", "جراحی", on="1399/01/01"), item("036", "قلب", on="1399/01/01")]
    assert [row[0] for row in judged("patientbill-wardtype-wardtype", listed, *steps)] == list(OUTCOMES[2:])


def test_rules_of_equal_expectations_share_one_branch():
    shared = branches(catalogue())
    assert sorted(itertools.chain.from_iterable(shared.values())) == sorted(RULES)
    assert len(shared) <= 8 and verdicts_sql(catalogue()).count("union all") == len(shared) - 1


def test_a_kind_can_be_given_as_itself():
    kind = parse_kind({"code_shape": {"pattern": "[0-9]"}})
    assert parse_kind(kind) is kind and parse_kind({"code_present": None}) == parse_kind("code_present")
    assert [cls.outcome for cls in KINDS.values()] == [o for o in OUTCOMES if o in {cls.outcome for cls in KINDS.values()}]
