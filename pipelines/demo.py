"""The demo: an invented national quarter, taken through every layer to the report, in a data folder of its own.

Belongs here: the order of the steps. Does not: their work.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from pipelines.errors import UserError
from pipelines.settings import Home

QUARTER = "1401Q4"
MARK = "demo.txt"


def run(root: Path, messages: int, seed: int, progress: Callable[[str, int, int], None] = lambda *_: None, calls: bool = False, universities: int | None = None) -> dict[str, Path]:
    """Everything anew below `root`; returns what was written. A folder that is not a demo's is left alone (UserError)."""
    from pipelines import call_log, flow, organisations, readiness
    from pipelines.generator import generate
    from pipelines.generator.calls import CallOptions
    from pipelines.reports.quarter import write_report

    if root.exists() and not (root / MARK).exists() and any(root.iterdir()):
        raise UserError(f"{root} holds something that is no demo; move it away or set SEPAS_DQ_HOME to another folder.")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / MARK).write_text("An invented quarter. Made by sepas-dq demo; made anew each time.\n", encoding="utf-8")
    home = Home(root.resolve())
    invented = home.root / "invented"
    flow.ensure_reference(home)
    generate(
        home, invented, messages, seed, "mixed", lambda done, total: progress("generating", min(100, total), 0),
        broken=max(1, messages // 400), duplicates=messages // 200,
        calls=CallOptions(seed=seed) if calls else None, universities=universities,
    )  # fmt: skip
    organisations.add(home, invented / "organisations")
    flow.ingest(home, [invented / "extracts"], progress=progress)
    for name in ("validation_log", "send_results") if calls else ():
        log = invented / "calls" / name
        call_log.add(home, [log.with_suffix(".ndjson")], log.with_suffix(".columns.yaml"), publish=False)
    flow.build(home, progress=progress)
    ready = readiness.pages(home, readiness.readiness(home), ("fa", "en"))
    reports = [write_report(home, QUARTER, language) for language in ("fa", "en")]
    directive = flow.directive_pages(home)
    verdicts = flow.validate(home)
    broken = [v.rule_id for v in verdicts if v.exception]
    if broken:
        raise UserError(f"checks broke: {', '.join(broken)}")
    return {
        "report (Persian)": reports[0], "report (English)": reports[1], "readiness (Persian)": ready[0], "rules and letters": directive / "index.fa.html", "warehouse": home.warehouse,
        "Great Expectations results": home.root / "validation_results.json", "extracts": invented / "extracts",
        "truth": invented / "truth.parquet", "data folder": home.root,
    }  # fmt: skip
