"""Dagster's side: which assets there are, one run of each job, the sensor, the schedule."""

import datetime as dt
import shutil

import dagster as dg
import pytest

from pipelines.definitions import definitions
from pipelines.defs import automation, checks, marts
from pipelines.defs.partitions import key, tell
from pipelines.defs.resources import DataFolder
from pipelines.settings import home as home_of

ASSETS = [
    "coded/codings",
    "coded/items",
    "findings/findings",
    "findings/list_policy_counts",
    "findings/outcome_counts",
    "findings/verdicts",
    "landed/extracts",
    "landed/messages",
    "marts/code_traffic",
    "marts/coverage",
    "marts/error_rate_around_rollout",
    "marts/error_rate_by_facility",
    "marts/error_rate_by_list_policy",
    "marts/error_rate_by_university",
    "marts/error_rate_by_vendor",
    "marts/judged_counts",
    "marts/list_policy_counts",
    "marts/notes",
    "marts/outcome_counts",
    "marts/readiness",
    "marts/refusable_counts",
    "marts/suggestions",
    "marts/validation_service_use",
    "marts/worst_codings",
    "reports/quarter",
]


def test_asset_keys_are_layer_and_table():
    graph = definitions().resolve_asset_graph()
    assert sorted(k.to_user_string() for k in graph.get_all_asset_keys()) == ASSETS


@pytest.fixture
def empty(lists, tmp_path):
    home = home_of(tmp_path / "home")
    shutil.copytree(lists, home.reference)
    return home


def test_jobs_land_judge_publish_and_report(empty, ndjson):
    data = DataFolder(root=str(empty.root))
    shutil.copytree(ndjson.out / "extracts", data.inbox)
    defs = definitions(data)
    with dg.DagsterInstance.ephemeral() as instance:
        assert defs.resolve_job_def("ingest").execute_in_process(instance=instance).success
        universities = instance.get_dynamic_partitions("universities")
        assert "u01" in universities
        months = ("1401-10", "1401-11")
        for month in months:
            run = defs.resolve_job_def("judge").execute_in_process(instance=instance, partition_key=key(("u01", month)))
            assert run.success
        evaluated = [e.asset_check_evaluation_data for e in run.all_events if e.event_type_value == "ASSET_CHECK_EVALUATION"]
        assert len(evaluated) == 16
        judged = sum(e.metadata["items judged"].value for e in evaluated)
        assert judged == ndjson.rows(
            "select sum(items) from marts.outcome_counts where university_id = 'u01' and jalali_month = '1401-11' and outcome <> 'not_applicable'"
        )[0][0]
        assert defs.resolve_job_def("publish").execute_in_process(instance=instance).success
        report = defs.resolve_job_def("report").execute_in_process(instance=instance, partition_key="1401Q4", raise_on_error=False)
        assert report.success
        assert (empty.reports / "1401Q4" / "report.fa.html").exists()


def test_a_report_of_a_quarter_without_data_fails_plainly(ndjson):
    with dg.DagsterInstance.ephemeral() as instance:
        run = definitions(DataFolder(root=str(ndjson.home.root))).resolve_job_def("report").execute_in_process(
            instance=instance, partition_key="1399Q1", raise_on_error=False
        )  # fmt: skip
        assert not run.success


def test_sensor_asks_once_for_a_change(tmp_path):
    data = DataFolder(root=str(tmp_path))
    context = dg.build_sensor_context(resources={"data": data})
    assert isinstance(automation.extracts_folder(context), dg.SkipReason)
    data.inbox.mkdir()
    (data.inbox / "a.xml").write_text("<a/>")
    asked = automation.extracts_folder(dg.build_sensor_context(resources={"data": data}))
    assert len(asked.run_requests) == 1
    again = automation.extracts_folder(dg.build_sensor_context(resources={"data": data}, cursor=asked.cursor))
    assert isinstance(again, dg.SkipReason)


@pytest.mark.parametrize(("day", "quarter"), [("2023-03-21", "1401Q4"), ("2023-06-22", "1402Q1"), ("2023-03-20", None), ("2023-04-21", None)])
def test_schedule_reports_the_quarter_that_ended(day, quarter):
    at = dt.datetime.fromisoformat(f"{day}T03:00:00+03:30")
    asked = automation.end_of_quarter(dg.build_schedule_context(scheduled_execution_time=at))
    assert (asked.partition_key if isinstance(asked, dg.RunRequest) else None) == quarter


def test_what_the_command_line_built_is_told_once(ndjson, tmp_path):
    with dg.DagsterInstance.ephemeral() as instance:
        assets = {"findings": [dg.AssetKey(["findings", "findings"])]}
        first = tell(instance, ndjson.home, assets, tmp_path / "told.json")
        assert first == len(instance.get_materialized_partitions(assets["findings"][0])) > 0
        assert tell(instance, ndjson.home, assets, tmp_path / "told.json") == 0


def test_a_check_that_broke_is_a_failure_never_a_verdict():
    from expectations.gx.judge import SuiteVerdict

    broken = SuiteVerdict("patientbill-service-irc", 5, None, exception="did not run")
    with pytest.raises(dg.Failure):
        list(checks.results(marts.COUNTS, [broken]))
