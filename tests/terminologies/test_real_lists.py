"""The real lists beside the project load as they are. Skipped where they are absent; nothing of them is ever kept."""

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines import terminologies

from .conftest import REAL, codes

pytestmark = [pytest.mark.samples, pytest.mark.skipif(not REAL.is_dir(), reason="no real lists beside the project")]


@pytest.mark.parametrize(
    ("terminology", "files", "rows", "rejected"),
    [
        ("IRC", ["irc_chemical.csv", "irc_medical_supplies.csv"], 29_724, 7),
        ("eRx", ["erx_chemical.csv"], 12_597, 170),
        ("RVU3", ["rvu3_clean.csv", "rvu3_visits_1404.csv"], 5_607, 0),
        ("RVU3", ["rvu3_book_raw.json"], 5_580, 68),
        ("RVU3", ["rvu3_rejected_rows.csv"], 29, 39),
        ("LNC", ["loinc_core_codes.csv"], 93_571, 0),
        ("LNC", ["loinc_check_digit_exceptions.csv"], 14, 0),
        ("LNC", ["loinc_top2000_si.csv"], 2_188, 0),
        ("LNC", ["loinc_universal_lab_orders.csv"], 1_521, 0),
    ],
)
def test_real_lists_load_as_they_are(home, terminology, files, rows, rejected):
    summaries = [
        terminologies.add_release(home, terminology, REAL / name, "real", "1390/01/01", append=True) for name in files
    ]
    assert summaries[-1]["rows"] == rows
    assert sum(sum(summary["rejected"].values()) for summary in summaries) == rejected
    loaded = codes(home, terminology)
    assert len(loaded) == rows
    assert all(row["title_fa"] or row["title_en"] for row in loaded)
    if files == ["rvu3_clean.csv", "rvu3_visits_1404.csv"]:
        assert sum(row["valid_from"] == row["valid_to"] for row in loaded) == 75


def test_the_official_workbook_gives_both_its_lists(home):
    book = REAL / "fda_chemical_drugs_official.xlsx"
    irc = terminologies.add_release(home, "IRC", book, "fda", "1390/01/01")
    erx = terminologies.add_release(home, "eRx", book, "fda", "1390/01/01")
    assert (irc["rows"], erx["rows"]) == (29_454, 12_887)
    assert any(note.startswith("290 codes have no title") for note in erx["notes"])
    assert all(len(row["code"]) == 16 for row in codes(home, "IRC"))


def test_the_official_workbook_in_one_go_with_its_maps(home):
    done = terminologies.add_release(home, "all", REAL / "fda_chemical_drugs_official.xlsx", "fda", "1390/01/01")
    assert [(part["terminology"], part["rows"]) for part in done["parts"]] == [("IRC", 29_454), ("eRx", 12_887)]
    assert any(note.startswith("eRx: 290 codes stand only in sheet") for note in done["notes"])
    with duckdb.connect() as db:
        maps = f"FROM read_parquet('{terminologies.maps_path(home)}')"
        found = db.execute(f"SELECT from_terminology, to_terminology, count(DISTINCT from_code) {maps} GROUP BY ALL ORDER BY ALL").fetchall()
    assert found == [("IRC", "GenericCode", 29_454), ("IRC", "eRx", 29_454), ("eRx", "GenericCode", 12_887)]


def test_rejected_rows_of_the_book_are_listed_with_reasons(home):
    done = terminologies.add_release(home, "RVU3", REAL / "rvu3_book_raw.json", "2019", "1390/01/01")
    assert done["rejected"]["not 6 digits"] + done["rejected"]["blank code"] == 39
    listed = list(csv.DictReader(Path(done["rejects"]).read_text("utf-8-sig").splitlines()))
    assert len(listed) >= 66 and all(row["reason"] and row["row"].isdigit() for row in listed)
