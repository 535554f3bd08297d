"""What the pipeline finds is what the generator, which shares no code with it, says it put in: in every container."""

import hashlib

import pytest

from pipelines import flow
from tests.end_to_end.conftest import MESSAGES

OUTCOMES = ("incomplete", "placeholder", "terminology_not_allowed", "malformed", "unknown", "not_in_force", "title_mismatch", "passed")
COMPARED = """
    with got as (select i.message_id, i.item_no, i.path, i.rule_id, v.outcome from coded.items i join findings.verdicts v using (coding_id)),
         said as (select * from truth where item_no is not null)
    select coalesce(s.outcome, ''), coalesce(g.outcome, ''), count(*)
    from said s full join got g on g.message_id = s.message_id and g.item_no = s.item_no and g.path = s.path and g.rule_id = s.rule_id
    group by 1, 2"""
FINDINGS = """
    select message_id, item_no, rule_id, outcome, cause, error_class, responsible, suggested_code, phase, university_id, facility_id, vendor_id,
           system_id, service, exchange_on
    from findings.findings order by message_id, item_no"""


def test_precision_and_recall_are_one_for_every_outcome(ndjson):
    pairs = {(said, got): count for said, got, count in ndjson.rows(COMPARED)}
    for outcome in OUTCOMES:
        right = pairs.get((outcome, outcome), 0)
        said = sum(count for (s, _), count in pairs.items() if s == outcome)
        got = sum(count for (_, g), count in pairs.items() if g == outcome)
        assert right > 0, f"{outcome} does not occur"
        assert right == said == got, f"{outcome}: recall {right}/{said}, precision {right}/{got}"


def test_fixed_form_results_are_not_applicable(ndjson):
    counted = ndjson.rows("select sum(items) from marts.outcome_counts where outcome = 'not_applicable'")[0][0]
    assert counted == ndjson.rows("select count(*) from truth where outcome = 'not_applicable'")[0][0] > 0


def test_outcomes_add_up_to_items_in_every_cell(ndjson):
    wrong = ndjson.rows(
        """
        with cells as (
            select i.rule_id, i.field, m.university_id, m.facility_id, m.vendor_id, m.system_id, m.exchange_on, m.gate, count(*) as items
            from coded.items i join landed.messages m using (message_id) where i.rule_id is not null group by all),
        counted as (
            select rule_id, field, university_id, facility_id, vendor_id, system_id, exchange_on, gate, sum(items) as items
            from marts.outcome_counts where outcome <> 'not_applicable' group by all)
        select count(*) from cells full join counted using (rule_id, field, university_id, facility_id, vendor_id, system_id, exchange_on, gate)
        where cells.items is distinct from counted.items"""
    )
    assert wrong == [(0,)]


def test_marts_of_rates_sum_to_the_base(ndjson):
    base = ndjson.rows(
        "select sum(items), sum(items) filter (where outcome <> 'passed') from marts.outcome_counts"
        " where reading = 'literal' and outcome not in ('not_applicable', 'error')"
    )
    for mart in ("error_rate_by_university", "error_rate_by_vendor", "error_rate_by_facility", "error_rate_around_rollout"):
        assert ndjson.rows(f"select sum(items_judged), sum(items_failed) from marts.{mart}") == base, mart


@pytest.fixture(scope="session")
def expected(ndjson) -> str:
    return _digest(ndjson)


def _digest(run) -> str:
    return hashlib.sha256(repr(run.rows(FINDINGS)).encode()).hexdigest()


# one of each way of framing; benchmarks/containers.py holds all ten, and tests/landed reads each
@pytest.mark.parametrize("form", ["xml-zip", "tar-gz", "big-xml", "parquet"])
def test_every_container_gives_the_same_findings(make_run, expected, form):
    run = make_run(form)
    assert sum(d.landed for d in run.landed) == MESSAGES
    assert sum(d.quarantined + d.duplicates for d in run.landed) == 0
    assert _digest(run) == expected


def test_senders_and_days_are_the_generators(ndjson):
    wrong = ndjson.rows(
        "select count(*) from truth t join landed.messages m using (message_id)"
        " where t.university_id <> m.university_id or t.vendor_id <> m.vendor_id or t.exchange_on <> m.exchange_on"
    )
    assert wrong == [(0,)]


def test_ingesting_and_building_again_changes_nothing(make_run):
    run = make_run("xml-zip", messages=120, broken=6, duplicates=5)
    tables = ("landed.extracts", "landed.messages", "coded.items", "findings.findings", "marts.outcome_counts", "landed.quarantine")
    before = {table: sorted(map(repr, run.rows(f"select * from {table}"))) for table in tables}
    again = flow.ingest(run.home, [run.out])
    built = flow.build(run.home)
    assert all(landed.already for landed in again)
    assert built.coded == built.judged == []
    assert {table: sorted(map(repr, run.rows(f"select * from {table}"))) for table in tables} == before
    total = [sum(getattr(d, part) for d in run.landed) for part in ("messages", "landed", "quarantined", "duplicates")]
    assert total == [131, 120, 6, 5]


def test_a_message_delivered_again_in_another_extract_is_a_duplicate(make_run):
    run = make_run("ndjson", messages=200)
    extra = run.out / "extracts" / "u01" / "more.ndjson"
    source = next((run.out / "extracts" / "u01").glob("*.ndjson")).read_text(encoding="utf-8").splitlines()[0]
    extra.write_text(source + " \n", encoding="utf-8")
    landed = [d for d in flow.ingest(run.home, [run.out]) if not d.already]
    assert [(d.landed, d.duplicates) for d in landed] == [(0, 1)]
    assert flow.build(run.home).judged == []


def test_partial_build_equals_whole_build(make_run):
    run = make_run("ndjson", messages=150)
    whole = _digest(run)
    partitions = sorted({(u, m) for u, m in run.rows("select university_id, jalali_month from landed.messages")})
    flow.build(run.home, partitions[:3], force=True)
    assert _digest(run) == whole
