"""Run in a folder that holds a copy of `expectations/`: what the product makes of it, as JSON on the last line. See test_next_letter.py."""

import json
import sys
from pathlib import Path

from click.testing import CliRunner

import expectations
from pipelines import flow
from pipelines.cli import cli
from pipelines.jalali import parse_day
from pipelines.reports.directive import ahead_text
from pipelines.settings import home
from pipelines.warehouse import reading

MESSAGES = {
    "SaveDispensedPrescription": "<DispensedPrescriptionsMessageVO><Composition><DispensedPrescriptions><OtherCosts><Name Value='x' Terminology_id='thritaEHR.otherCost'"
    " Coded_string='{code}'/></OtherCosts></DispensedPrescriptions></Composition></DispensedPrescriptionsMessageVO>",
    "SavePatientBill": "<PatientBillMessageVO><Composition><Discharge><DischargeKind Value='' Terminology_id='thritaEHR.dischargeKind' Coded_string='{code}'/></Discharge>"
    "</Composition></PatientBillMessageVO>",
    "SaveSIYABReport": "<SOAPMessageVO><Composition><Diagnosis><Diagnosis Value='' Terminology_id='ICD10' Coded_string='{code}'/></Diagnosis></Composition></SOAPMessageVO>",
}


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value, done.output


def main() -> None:
    here = Path.cwd()
    assert Path(expectations.__file__).is_relative_to(here), "the copy is what is read"
    said: dict = {}
    said["rules list"] = run("rules", "list")
    said["show"] = run("rules", "show", "dispensedprescription-othercosts-othercost", "--lang", "en") if "rules" in sys.argv else None
    said["ahead"] = ahead_text([], parse_day("1405/09/02"), 6, "en")
    if "rules" in sys.argv:
        said["pages"] = run("rules", "pages", "--on", "1405/09/02")
        said["written"] = sorted(p.name for p in (home().reports / "directive").glob("*.en.html"))
        said["start page"] = (home().reports / "directive" / "what-starts-when.en.html").read_text(encoding="utf-8")
        (here / "extract").mkdir()
        for number, (operation, code) in enumerate((o, c) for o in MESSAGES for c in ("12", "A00.9", "zz")):
            text = MESSAGES[operation].format(code=code)
            (here / "extract" / f"1_14_2027 10_04_{number:02d} AM_CD6AC442-9C6D-3B60-3C86-5A28702DB643_{operation}Secure.xml").write_text(text, encoding="utf-8")
        first = next(path for path in sorted((here / "extract").iterdir()) if "Dispensed" in path.name and "_02 " in path.name)
        said["check"] = json.loads(run("check", str(first), "--on", "1405/12/02", "--json")[1])
        (here / "kinds.csv").write_text("code,title\n12,بهبودی\n13,فوت\n", encoding="utf-8")
        said["no list"] = run("rules", "try", "patientbill-dischargekind-dischargekind", "12", "--on", "1405/12/20")
        run("terminology", "add", "thritaEHR.dischargeKind", "kinds.csv", "--release", "1405", "--valid-from", "1405/01/01")
        run("ingest", "extract", "--university", "u01", "--gate", "before")
        flow.build(home())  # without Great Expectations, whose import alone costs more than all of this
        with reading(home()) as con:
            said["counts"] = con.execute("select rule_id, service, outcome, sum(items)::int from marts.outcome_counts group by all order by all").fetchall()
            said["rules"] = con.execute("select rule_id, letter, letter_row, start_jalali, lists from marts.rules where letter = '110/99' order by 1").fetchall()
            said["coverage"] = con.execute("select distinct rule_id from marts.coverage where service = 'SIYABReport'").fetchall()
        import dagster as dg

        from pipelines.defs.checks import specs

        said["checks"] = sorted(spec.name for spec in specs(dg.AssetKey(["marts", "outcome_counts"])))
    print(json.dumps(said, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
