"""Dagster's Definitions object: every asset, check, job, sensor and schedule, and the policy for all of them. Nothing else.

Runs are in one process: each step would import Great Expectations anew, and DuckDB lets one process write.
"""

import dagster as dg

from pipelines.defs import automation, coded, findings, landed, marts, reports
from pipelines.defs.resources import DataFolder


def definitions(data: DataFolder | None = None) -> dg.Definitions:
    """The definitions, with another data folder if a test wants one."""
    return dg.Definitions(
        assets=[landed.extracts, coded.coded, findings.findings, marts.marts_, reports.quarter],
        asset_checks=[landed.nothing_lost],
        jobs=[automation.ingest_job, automation.judge_job, automation.publish_job, automation.report_job],
        sensors=[automation.extracts_folder],
        schedules=[automation.end_of_quarter],
        resources={"data": data or DataFolder()},
        executor=dg.in_process_executor,
    )


defs = definitions()
