"""An invented warehouse with exactly the columns of docs/architecture.md, for whoever reads marts.

Belongs here: `write_warehouse`, and `shared` that builds something once for all workers. Every number is made up from hashes: the names are of real places, what is said about them is not.
`python tests/support_marts.py FOLDER` writes one to look at.
"""

import os
import sys
from pathlib import Path

import duckdb
from filelock import FileLock

from pipelines.jalali import calendar_rows

CITIES = ["تهران", "ایران", "شهیدبهشتی", "مشهد", "اصفهان", "شیراز", "تبریز", "اهواز", "کرمان", "کرمانشاه", "گیلان", "مازندران", "همدان", "یزد", "قزوین", "قم", "البرز", "اراک", "زنجان", "سمنان", "شاهرود", "گلستان", "اردبیل", "ارومیه", "ایلام", "لرستان", "کردستان", "بوشهر", "هرمزگان", "زاهدان", "زابل", "بیرجند", "بجنورد", "سبزوار", "نیشابور", "گناباد", "تربت\u200cحیدریه", "کاشان", "شهرکرد", "یاسوج", "بابل", "رفسنجان", "جیرفت", "بم", "سیرجان", "فسا", "جهرم", "لارستان", "گراش", "دزفول", "آبادان", "بهبهان", "شوشتر", "مراغه", "خوی", "سراب", "خلخال", "اسدآباد", "ساوه", "خمین", "نیشابور\u200cنو", "ایرانشهر", "چابهار", "اسفراین", "تربت\u200cجام", "مرند"]
VENDORS = [
    ("v01", "رایان‌پرداز سلامت", "Rayan Pardaz"), ("v02", "پویاسامانه", "Pouya Samaneh"), ("v03", "نگاره درمان", "Negareh Darman"),
    ("v04", "آوای طب", "Avaye Teb"), ("v05", "سپهر داده", "Sepehr Dadeh"), ("v06", "گنجینهٔ پزشکی", "Ganjineh"),
    ("v07", "تیراژ نمونه", "Tiraj Sample"), ("v08", "همراه طب", "Hamrah Teb"), ("v09", "مهر فناوران", "Mehr"),
    ("v10", "کارا درمان", "Kara Darman"), ("v11", "شفا رایانه", "Shafa"), ("v12", "دانش سلامت", "Danesh"),
    ("v13", "نوین‌پرونده", "Novin"), ("v14", "باران طب", "Baran Teb"),
]  # fmt: skip
ICD_FA = {"PatientBill": "صورتحساب", "DispensedPrescription": "نسخهٔ تحویل‌شده", "MedicationPrescription": "نسخهٔ دارو", "LabResult": "جواب آزمایش",
          "LabPrescription": "نسخهٔ آزمایش", "ImagingPrescription": "نسخهٔ تصویربرداری"}  # fmt: skip
RULES = [
    ("patientbill-othercosts-othercost", "thritaEHR.otherCost", "PatientBill", "OtherCosts", "یارانهٔ ارز ترجیحی در صورتحساب", "Preferential-currency subsidy in PatientBill", "2023-01-30", 1, True),
    ("patientbill-wardtype-wardtype", "thritaEHR.WardType", "PatientBill", "HospitalWardVO.Type", "نوع بخش در صورتحساب", "Ward type in PatientBill", "2023-01-30", 2, True),
    ("patientbill-service-irc", "IRC", "PatientBill", "Service", "کد فرآوردهٔ سلامت در خدمات صورتحساب", "IRC in services of PatientBill", "2023-02-09", 3, True),
    ("dispensedprescription-productcode-irc", "IRC", "DispensedPrescription", "ProductCode", "کد فرآورده در نسخهٔ پیچیده‌شده", "IRC in DispensedPrescription", "2023-02-09", 4, True),
    ("medicationprescription-productcode-erx", "eRx", "MedicationPrescription", "ProductCode", "کد دارو در نسخهٔ دارو", "eRx in MedicationPrescription", "2023-02-09", 5, True),
    ("patientbill-service-rvu3", "RVU3", "PatientBill", "Service", "کد ارزش نسبی خدمات در صورتحساب", "RVU3 in services of PatientBill", "2023-02-20", 6, False),
    ("labresult-testname-lnc", "LNC", "LabResult", "TestName", "نام آزمایش در نتیجهٔ آزمایش", "LNC in LabResult", "2023-03-01", 7, True),
    ("labprescription-service-lnc", "LNC", "LabPrescription", "Service", "خدمت در درخواست آزمایش", "LNC in LabPrescription", "2023-03-01", 7, True),
    ("imagingprescription-service-lnc", "LNC", "ImagingPrescription", "Service", "خدمت در درخواست تصویربرداری", "LNC in ImagingPrescription", "2023-03-01", 7, True),
    *[(f"{s.lower()}-diagnosis-icd10", "ICD10", s, "Diagnosis", f"کد تشخیص در {ICD_FA[s]}", f"Diagnosis in {s}", "2023-03-11", 8, False) for s in ICD_FA],
]  # fmt: skip
OUTCOMES = [("incomplete", "code_missing", "facility", 0.22), ("placeholder", "filler", "facility", 0.13), ("terminology_not_allowed", "local_terminology", "vendor", 0.24),
            ("malformed", "wrong_shape", "vendor", 0.10), ("unknown", "not_listed", "vendor", 0.19), ("not_in_force", "retired", "vendor", 0.05), ("title_mismatch", "title_differs", "facility", 0.07)]  # fmt: skip
SQL = Path(__file__).with_name("support_marts.sql")


def write_warehouse(folder: Path, gates: str = "before") -> Path:
    """Writes `<folder>/warehouse.duckdb` (a second or two). `gates="mixed"`: some universities' extracts were taken after the gate."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "warehouse.duckdb"
    path.unlink(missing_ok=True)
    con = duckdb.connect(str(path))
    con.execute("create schema reference; create schema landed; create schema marts; create schema invented")
    _rows(con, "reference.universities", "university_id varchar, name_fa varchar, name_en varchar, node varchar",
          [(f"u{i:02d}", f"دانشگاه علوم پزشکی {c}", f"University of Medical Sciences {i:02d}", None) for i, c in enumerate(CITIES, 1)])  # fmt: skip
    _rows(con, "reference.vendors", "vendor_id varchar, name_fa varchar, name_en varchar", VENDORS)
    calendar = [tuple(r.values()) for r in calendar_rows(1401, 1402)]
    _rows(con, "reference.calendar", "date date, jdate varchar, jyear int, jmonth int, jalali_month varchar, jday int, jquarter int, quarter varchar, week date, month_label varchar", calendar)
    _rows(con, "invented.rules", "rule_id varchar, terminology varchar, service varchar, field varchar, title_fa varchar, title_en varchar, start_on date, letter_row int, synthetic bool", RULES)
    _rows(con, "invented.outcomes", "outcome varchar, cause varchar, responsible varchar, share double", OUTCOMES)
    con.execute("create table invented.gates as select ? as mode", [gates])
    con.execute(SQL.read_text(encoding="utf-8"))
    con.execute("drop schema invented cascade")
    con.close()
    return path


def shared(tmp_path_factory, name: str, build) -> Path:
    """A folder that `build(folder)` fills once a test run, whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            build(folder)
            (folder / "done").touch()
    return folder


def _rows(con: duckdb.DuckDBPyConnection, table: str, columns: str, rows: list[tuple]) -> None:
    con.execute(f"create table {table} ({columns})")
    con.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)


if __name__ == "__main__":
    print(write_warehouse(Path(sys.argv[1]), *sys.argv[2:]))
