"""The suites are real: GX's own counting agrees with the compiled plan, and nothing that broke ever looks like a pass."""

import json
import os
from collections import Counter

import pytest
from filelock import FileLock

from expectations.catalogue import catalogue
from expectations.errors import RuleError
from expectations.outcomes import OUTCOMES
from pipelines import flow
from pipelines.generator import generate
from pipelines.settings import Home
from pipelines.state import State
from pipelines.warehouse import connect, files, literal

pytestmark = pytest.mark.xdist_group("gx")
COUNTS = [
    {"rule_id": "patientbill-wardtype-wardtype", "outcome": "passed", "cause": "", "items": 90},
    {"rule_id": "patientbill-wardtype-wardtype", "outcome": "unknown", "cause": "not_listed", "items": 4},
    {"rule_id": "patientbill-wardtype-wardtype", "outcome": "unknown", "cause": "code_of_another_list", "items": 6},
    {"rule_id": "patientbill-wardtype-wardtype", "outcome": "error", "cause": "no_list", "items": 500},
    {"rule_id": "labresult-testname-lnc", "outcome": "not_applicable", "cause": "fixed_form", "items": 7},
    {"rule_id": "patientbill-service-irc", "outcome": "passed", "cause": "", "items": 98},
    {"rule_id": "patientbill-service-irc", "outcome": "malformed", "cause": "truncated", "items": 2},
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """(file with `evidence`, rule → outcome → codings by the plan, texts of messages, home) of an invented extract, made once a run."""
    base = tmp_path_factory.getbasetemp()
    home = Home((base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "gx-sample")
    with FileLock(f"{home.root}.lock"):
        if not (home.root / "evidence.duckdb").exists():
            make_sample(home)
    con = connect(home.root / "evidence.duckdb", read_only=True)
    planned: dict[str, Counter] = {}
    for rule_id, outcome, codings in con.execute("select rule_id, outcome, count(*) from verdicts group by all").fetchall():
        planned.setdefault(rule_id, Counter())[outcome] = codings
    texts = {text for row in con.execute("select distinct code, title from codings").fetchall() for text in row if text and len(text) > 5}
    con.close()
    return home.root / "evidence.duckdb", planned, texts, home


def make_sample(home: Home) -> None:
    from pipelines import terminologies
    from pipelines.findings.judging import judge, list_titles

    terminologies.ensure(home)
    generate(home, home.root / "invented", 250, seed=5, universities=4)
    flow.ingest(home, [home.root / "invented" / "extracts"])
    flow.build(home)
    con = connect()
    with State(home) as state:
        codings = files(state.shared_paths("codings", flow.inputs(home).judgement))
    con.execute(f"create temp view codes as select * from {files([str(home.reference / 'codes.parquet')])}")
    con.execute(f"create temp table codings as select * from {codings}")
    list_titles(con, None, "")
    judge(con)
    con.execute(f"attach {literal(str(home.root / 'evidence.new'))} as kept")
    for table in ("evidence", "verdicts", "codings"):
        con.execute(f"create table kept.{table} as select * from {table}")
    con.execute("create macro kept.regexp_like(s, p) as regexp_matches(s, p)")
    con.close()
    (home.root / "evidence.new").replace(home.root / "evidence.duckdb")


@pytest.fixture(scope="module")
def gx_context():
    import duckdb_datasource  # noqa: F401  (registers add_duckdb)
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def test_gx_counts_what_the_plan_counts(sample, gx_context):
    """Per rule and outcome: GX's bundled COUNTs over the evidence, another code path, and the plan's verdicts."""
    from expectations.gx.suites import suite_of

    file, planned, _, _ = sample
    source = gx_context.data_sources.add_duckdb("evidence", connection_string=f"duckdb:///{file}")
    assert set(planned) >= {rule.id for rule in catalogue() if rule.service != "OtherServices"} - {"dispensedprescription-diagnosis-icd10"}
    for rule in catalogue():
        if rule.id not in planned:
            continue
        asset = source.add_query_asset(rule.id, query=f"select * from evidence where rule_id = '{rule.id}'")
        result = asset.add_batch_definition_whole_table("all").get_batch().validate(suite_of(rule))
        got = Counter()
        for one in result.results:
            assert "unexpected_count" in one.result, one.exception_info
            assert one.result["element_count"] == sum(planned[rule.id].values())
            got[one.expectation_config.meta["outcome"]] = one.result["unexpected_count"]
        assert +got == +Counter({o: n for o, n in planned[rule.id].items() if o != "passed"}), rule.id
    assert len({outcome for counts in planned.values() for outcome in counts}) >= 8


def test_a_table_can_be_reflected(sample):
    """Later releases of SQLAlchemy break this on DuckDB: the pin in pyproject.toml stands on it."""
    import sqlalchemy as sa

    engine = sa.create_engine(f"duckdb:///{sample[0]}")
    names = [column["name"] for column in sa.inspect(engine).get_columns("evidence")]
    engine.dispose()
    assert "title_score" in names


def test_verdicts_of_the_suites():
    from expectations.gx.judge import validate

    found = {verdict.rule_id: verdict for verdict in validate(catalogue(), COUNTS)}
    assert set(found) == {rule.id for rule in catalogue()}
    ward, drugs, tests = (found[name] for name in ("patientbill-wardtype-wardtype", "patientbill-service-irc", "labresult-testname-lnc"))
    assert (ward.judged, ward.success, ward.violations["unknown"], ward.exception) == (100, False, 10, "")
    assert (drugs.judged, drugs.success, drugs.violations["malformed"]) == (100, True, 2)
    assert (tests.judged, tests.success) == (0, None)
    assert {verdict.success for name, verdict in found.items() if name not in {row["rule_id"] for row in COUNTS}} == {None}
    assert all(set(verdict.violations) <= set(OUTCOMES) for verdict in found.values())


def test_nothing_to_judge_is_no_pass():
    from expectations.gx.judge import validate

    assert {(verdict.judged, verdict.success) for verdict in validate(catalogue(), [])} == {(0, None)}


def test_a_lost_expectation_class_is_no_pass(monkeypatch):
    from expectations.gx import expectations, suites
    from expectations.gx.judge import validate

    monkeypatch.setattr(suites, "BY_KIND", {kind: cls for kind, cls in expectations.BY_KIND.items() if kind != "code_listed"})
    with pytest.raises(KeyError, match="code_listed"):
        validate(catalogue()[:1], COUNTS)


def test_a_suite_that_lost_an_expectation_is_no_pass(monkeypatch):
    from expectations.gx import suites

    whole = suites.suite_of

    def shorter(rule):
        suite = whole(rule)
        suite.expectations = suite.expectations[1:]
        return suite

    monkeypatch.setattr(suites, "suite_of", shorter)
    with pytest.raises(RuleError, match="has 6 of 7 expectations"):
        suites.suites(catalogue())


def test_a_metric_that_raises_is_no_pass_and_no_failure(monkeypatch):
    from expectations.gx import expectations
    from expectations.gx.judge import validate

    def broken(*_args, **_more):
        raise ValueError("broken")

    monkeypatch.setattr(expectations.CodedItemExpectation, "_validate", broken)
    rules = [rule for rule in catalogue() if rule.id == "patientbill-service-irc"]
    [verdict] = validate(rules, COUNTS)
    assert verdict.success is None and "did not run" in verdict.exception


def test_counts_without_a_column_are_no_pass():
    from expectations.gx.judge import validate

    rules = [rule for rule in catalogue() if rule.id == "patientbill-service-irc"]
    [verdict] = validate(rules, [{"rule_id": "patientbill-service-irc", "outcome": "passed", "cause": "", "items": None}])
    assert verdict.success is None


def test_a_result_short_of_one_expectation_is_no_pass():
    from types import SimpleNamespace

    from expectations.gx.judge import _verdict

    one = SimpleNamespace(result={"unexpected_count": 0, "element_count": 5}, expectation_config=SimpleNamespace(type="x", meta={"outcome": "unknown"}))
    verdict = _verdict(catalogue()[0], SimpleNamespace(success=True, results=[one], to_json_dict=dict))
    assert verdict.success is None and verdict.exception == "1 of 7 expectations were evaluated"


def test_a_suite_survives_json_with_every_parameter():
    from great_expectations import ExpectationSuite

    from expectations.gx.suites import suite_of

    for rule in catalogue():
        suite = suite_of(rule)
        stored = json.loads(json.dumps(suite.to_json_dict()))
        read = ExpectationSuite(**stored)
        assert [e.configuration.to_json_dict() for e in read.expectations] == [e.configuration.to_json_dict() for e in suite.expectations]
        for expectation, kind in zip(stored["expectations"], rule.expectations, strict=True):
            kwargs = expectation["kwargs"]
            assert {"rule_id", "parameters", "predicate", "unless", "mostly"} <= set(kwargs)
            assert kwargs["parameters"] == kind.model_dump() and kwargs["mostly"] == round(1 - rule.tolerance, 6)
            assert expectation["severity"] == ("warning" if kind.name == "title_agrees" else "critical")
        assert stored["meta"]["starts_on"] == rule.starts_on and stored["meta"]["row"] == rule.directive.row


def test_results_hold_no_text_of_any_message(sample):
    _, _, texts, home = sample
    verdicts = flow.validate(home)
    said = json.dumps([verdict.result for verdict in verdicts], ensure_ascii=False) + (home.root / "validation_results.json").read_text(encoding="utf-8")
    known = json.dumps([rule.model_dump(mode="json") for rule in catalogue()], ensure_ascii=False) + json.dumps([k.model_dump() for r in catalogue() for k in r.expectations], ensure_ascii=False)
    assert len(texts) > 200 and {text for text in texts if text in said and text not in known} == set()
    assert {verdict.rule_id for verdict in verdicts if verdict.judged} and all(not verdict.exception for verdict in verdicts)


def test_the_abstract_expectation_is_none():
    from expectations.gx.expectations import BY_KIND, CodedItemExpectation
    from expectations.kinds import KINDS

    assert CodedItemExpectation.is_abstract() and list(BY_KIND) == list(KINDS)
    assert not any(cls.is_abstract() for cls in BY_KIND.values())
