"""Starting JupyterLab and Dagster's web page on this machine: folders, environment, nothing else.

Belongs here: the environment they need to stay offline and to find the data folder. Does not: what they show.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.settings import PROJECT, Home

_DAGSTER_YAML = """\
# Written by sepas-dq ui. No telemetry, no news; one writer at a time, because DuckDB and the data folder have one.
telemetry: {enabled: false}
nux: {enabled: false}
concurrency:
  runs: {max_concurrent_runs: 1}
run_monitoring: {enabled: true, free_slots_after_run_end_seconds: 30}
"""


def dagster_home(home: Home) -> Path:
    """The folder of Dagster's own state, with its settings written."""
    folder = home.root / "dagster"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagster.yaml").write_text(_DAGSTER_YAML, encoding="utf-8")
    return folder


def environment(home: Home) -> dict[str, str]:
    """What both servers are given: the data folder, offline switches, UTF-8."""
    said = {"SEPAS_DQ_HOME": str(home.root), "DAGSTER_DISABLE_TELEMETRY": "1", "GX_ANALYTICS_ENABLED": "false", "PYTHONUTF8": "1"}
    return os.environ | said


def run_ui(home: Home, host: str, port: int) -> int:
    """Dagster's web page and daemon (sensor, schedule), until stopped. Returns its exit code."""
    from pipelines.flow import ensure_reference

    ensure_reference(home)
    folder = dagster_home(home)
    _tell_dagster(home, folder)
    command = [sys.executable, "-m", "dagster", "dev", "-w", str(PROJECT / "workspace.yaml"), "-h", host, "-p", str(port)]
    return _run(command, environment(home) | {"DAGSTER_HOME": str(folder)})


def _tell_dagster(home: Home, folder: Path) -> None:
    """What the command line built shows on the page like what Dagster built."""
    import dagster as dg

    from pipelines.defs import checks, coded, findings, marts
    from pipelines.defs.partitions import tell

    with dg.DagsterInstance.from_config(str(folder)) as instance:
        if tell(instance, home, {"coded": coded.KEYS, "findings": findings.KEYS}, folder / "told.json"):
            for key in marts.KEYS:
                instance.report_runless_asset_event(dg.AssetMaterialization(key, metadata={"built by": "sepas-dq build"}))
            for result in checks.kept(marts.COUNTS, home.root / "validation_results.json"):
                instance.report_runless_asset_event(result)


def run_lab(home: Home, arguments: Sequence[str]) -> int:
    """JupyterLab on the notebooks, until stopped. Returns its exit code."""
    from pipelines.reports.publish import lab_settings

    command = [sys.executable, "-m", "jupyter", "lab", *arguments]
    return _run(command, environment(home) | {"JUPYTER_CONFIG_DIR": str(lab_settings(home))})


def _run(command: list[str], env: dict[str, str]) -> int:
    try:
        return subprocess.run(command, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 0
