"""The readiness list as a CSV for universities and vendors: one row a sender, rule and day, small cells hidden.

Belongs here: columns and their order. Does not: which rows. UTF-8 with a mark, so that spreadsheets read the Persian names.
"""

import csv
from pathlib import Path
from typing import Any

from pipelines.disclosure import HIDDEN
from pipelines.jalali import jdate
from pipelines.reports.readiness.numbers import shown_row
from pipelines.reports.readiness.words import ReadinessSpeech

COLUMNS = (
    "rule_id", "start_on", "weeks_before", "as_of", "university_id", "university", "facility_id", "facility", "vendor_id", "vendor", "system_id", "gate",
    "readiness", "reason", "act", "what_fa", "what_en", "messages", "messages_with_field", "items_judged", "items_failed", "error_rate", "low", "high", "trend",
    "items_judged_before", "items_failed_before", "expected_weekly_failures", "tolerance",
)  # fmt: skip
_COUNTED = ("items_judged", "items_failed", "items_judged_before", "items_failed_before", "expected_weekly_failures")


def write_csv(rows: list[dict[str, Any]], path: Path) -> Path:
    """Writes the rows; days are Jalali, rates fractions with four places, a hidden count `<5`. Returns the path."""
    speech = {"what_fa": ReadinessSpeech("fa"), "what_en": ReadinessSpeech("en")}
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            shown = shown_row(row)
            shown |= {name: HIDDEN for name in _COUNTED if shown[name] is None}
            shown |= {name: f"{shown[name]:.4f}" for name in ("error_rate", "low", "high") if shown[name] is not None}
            shown |= {"start_on": jdate(row["start_on"]), "as_of": jdate(row["as_of"])}
            shown |= {"university": row["university_fa"], "facility": row["facility_fa"], "vendor": row["vendor_fa"]}
            shown |= {name: say.word_of("reason", row["reason"] or row["readiness"]) for name, say in speech.items()}
            writer.writerow({name: "" if shown[name] is None else shown[name] for name in COLUMNS})
    return path
