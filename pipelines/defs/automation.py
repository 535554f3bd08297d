"""When things run by themselves: a sensor on the extracts folder, and a schedule at the end of each Jalali quarter.

A Jalali quarter ends on no fixed Gregorian day, so the schedule looks every night and asks for a run on the first of a quarter.
"""

import datetime as dt

import dagster as dg

from pipelines.defs.partitions import known, university_month
from pipelines.defs.resources import DataFolder
from pipelines.jalali import quarter, to_jalali

ingest_job = dg.define_asset_job("ingest", selection=dg.AssetSelection.assets(["landed", "extracts"]), description="Land what is new in the extracts folder.")
judge_job = dg.define_asset_job(
    "judge", selection=dg.AssetSelection.groups("coded", "findings"), partitions_def=university_month, description="Code and judge partitions."
)
publish_job = dg.define_asset_job("publish", selection=dg.AssetSelection.groups("marts"), description="Build the warehouse anew.")
report_job = dg.define_asset_job("report", selection=dg.AssetSelection.groups("reports"), description="Write a quarter's report.")


@dg.sensor(job=ingest_job, minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.STOPPED, description="New or changed files in the extracts folder are landed.")
def extracts_folder(context: dg.SensorEvaluationContext, data: DataFolder) -> dg.SensorResult | dg.SkipReason:
    """One run a change of the folder: the run key is made of names, sizes and times, so nothing is asked for twice."""
    if not data.inbox.is_dir():
        return dg.SkipReason(f"{data.inbox} does not exist yet; put extracts there")
    files = sorted((str(p.relative_to(data.inbox)), p.stat().st_size, int(p.stat().st_mtime)) for p in data.inbox.rglob("*") if p.is_file())
    if not files:
        return dg.SkipReason(f"{data.inbox} is empty")
    cursor = _digest(files)
    if cursor == context.cursor:
        return dg.SkipReason("nothing new")
    there = sorted({university for university, _ in known(data.home)})
    requests = [university_month_add(there)] if there else []
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=cursor)], cursor=cursor, dynamic_partitions_requests=requests)


def _digest(files: list[tuple[str, int, int]]) -> str:
    import hashlib

    return hashlib.blake2b(repr(files).encode(), digest_size=8).hexdigest()


def university_month_add(names: list[str]) -> dg.AddDynamicPartitionsRequest:
    """A request that makes universities known to Dagster."""
    from pipelines.defs.partitions import universities

    return universities.build_add_request(names)


@dg.schedule(job=report_job, cron_schedule="0 3 * * *", execution_timezone="Asia/Tehran", description="On the first day of a Jalali quarter: the report of the one that ended.")
def end_of_quarter(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Asks for the report of the quarter that ended yesterday, on the first day of a new one."""
    today = context.scheduled_execution_time.date()
    _, month, day = to_jalali(today)
    if day != 1 or month % 3 != 1:
        return dg.SkipReason("no quarter ended yesterday")
    ended = quarter(today - dt.timedelta(days=1))
    return dg.RunRequest(run_key=ended, partition_key=ended)
