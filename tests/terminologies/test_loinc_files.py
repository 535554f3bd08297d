"""LOINC as it is distributed: the table, MapTo beside it, in a folder, in a zip, or later; and laboratory coding."""

import zipfile
from pathlib import Path

import duckdb
import pytest

from pipelines import terminologies
from pipelines.errors import InputError

from .conftest import codes

LOINC = (
    '"LOINC_NUM","COMPONENT","PROPERTY","STATUS","LONG_COMMON_NAME","ORDER_OBS","CLASS"\n'
    '"718-7","Hemoglobin","MCnc","ACTIVE","Hemoglobin [Mass/volume] in Blood","Both","HEM/BC"\n'
    '"1009-0","Direct antiglobulin","ACnc","DEPRECATED","Deprecated test","Both","BLDBK"\n'
    '"10-9","A","Susc","TRIAL","Trial test","Observation","ABXBACT"\n'
    '"24-0","B","Susc","DISCOURAGED","Discouraged test","Observation","ABXBACT"\n'
    '"LP14449-0","Hemoglobin","","ACTIVE","A part","",""\n'
    '"10-Sep","C","","ACTIVE","Eaten by a spreadsheet","",""\n'
)
CORE = "\n".join(",".join(line.split(",")[:5]) for line in LOINC.splitlines())
MAP_TO = "LOINC,MAP_TO,COMMENT\n1009-0,1007-4,first\n1009-0,1008-2,second\n9-9,8-8,unknown\n"
ADD = {"release": "2.82", "valid_from": "1404/01/01"}


def query(path, sql="FROM t ORDER BY ALL"):
    with duckdb.connect() as db:
        return db.execute(f"WITH t AS (FROM '{path}') {sql}").fetchall()


def check(home):
    listed = {row["code"]: row for row in codes(home, "LNC")}
    assert set(listed) == {"718-7", "1009-0", "10-9", "24-0"}
    gone = listed["1009-0"]
    assert (gone["status"], gone["successor"], gone["valid_from"] == gone["valid_to"]) == ("DEPRECATED", "1007-4", True)
    assert [listed[code]["valid_to"] for code in ("10-9", "24-0")] == [None, None]
    assert [listed[code]["status"] for code in ("10-9", "24-0")] == ["TRIAL", "DISCOURAGED"]
    assert query(terminologies.maps_path(home)) == [
        ("LNC", "1009-0", "LNC", "1007-4", "replaced by", "2.82"),
        ("LNC", "1009-0", "LNC", "1008-2", "replaced by", "2.82"),
    ]


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "Loinc_2.82"
    for name, text in {"Table/Loinc.csv": LOINC, "Table/MapTo.csv": MAP_TO, "Core/LoincTableCore.csv": CORE, "Other/Panels.csv": "PanelId,Name\n1,x\n"}.items():
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return where


def test_the_table_finds_mapto_beside_it(home, folder):
    done = terminologies.add_release(home, "LNC", folder / "Table" / "Loinc.csv", **ADD)
    check(home)
    assert done["rejected"] == {"not of LOINC's form 12345-6": 2, "successor of a code that the release lacks": 1}
    listed = Path(done["rejects"]).read_text("utf-8-sig")
    assert "Loinc.csv,,6,LP14449-0,A part,not of LOINC's form 12345-6" in listed.splitlines()
    assert ("LNC", "2.82", "718-7", "order_or_result", "Both") in query(terminologies.attributes_path(home))
    assert len(terminologies.list_releases(home)[0]["sources"]) == 2


def test_the_whole_folder_and_its_zip(home, folder, tmp_path):
    terminologies.add_release(home, "LNC", folder, **ADD)
    check(home)
    with zipfile.ZipFile(tmp_path / "loinc.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in folder.rglob("*.csv"):
            packed.write(path, path.relative_to(folder))
    done = terminologies.add_release(home, "all", tmp_path / "loinc.zip", **ADD)
    assert (done["terminology"], done["changed"]) == ("LNC", False)


def test_mapto_may_come_later(home, table, folder):
    (folder / "Table" / "MapTo.csv").unlink()
    terminologies.add_release(home, "LNC", folder / "Table" / "Loinc.csv", **ADD)
    assert codes(home, "LNC")[1]["successor"] is None
    later = table(MAP_TO, "later.csv")
    done = terminologies.add_release(home, "LNC", later, append=True, **ADD)
    assert (done["added"], done["completed"]) == (0, 1)
    check(home)
    assert terminologies.add_release(home, "LNC", later, append=True, **ADD)["changed"] is False


def test_mapto_alone_is_no_release(home, table):
    with pytest.raises(InputError, match="--append"):
        terminologies.add_release(home, "LNC", table(MAP_TO), **ADD)


def test_laboratory_coding_with_its_maps_and_sections(home, tmp_path):
    head = "Code,Name,Description,DetailCode,DetailValue,DetailTerminology,OrderOrResult,PanelCode,PrescriptionStatus,RvuCode,RvuValue,RvuGroup,RvuCategory,RvuType\n"
    parts = {
        "general": head + "58410-2,CBC panel,شمارش کامل خون,718-7,Hb,LNC,Order,,مجاز,802000,x,80,خون,\n58410-2,CBC panel,شمارش کامل خون,789-8,RBC,LNC,Order,,مجاز,802000,x,80,خون,\n"
        "718-7,Hemoglobin,هموگلوبین,,,,Result,58410-2,,802005,x,80,خون,\n",
        "blood": head + "1007-4,DAT,کومبس مستقیم,,,,Both,,,802500,x,8025,بانک خون,\n",
    }
    (tmp_path / "lab").mkdir()
    for name, text in parts.items():
        (tmp_path / "lab" / f"{name}.csv").write_text(text, "utf-8")
    done = terminologies.add_release(home, "all", tmp_path / "lab", "1402", "1402/02/18")
    assert (done["terminology"], done["rows"], done["rejected"]) == ("LNC", 3, {})
    hb = {row["code"]: row for row in codes(home, "LNC")}["718-7"]
    assert (hb["title_fa"], hb["title_en"]) == ("هموگلوبین", "Hemoglobin")
    assert [row[:5] for row in query(terminologies.maps_path(home))] == [
        ("LNC", "1007-4", "RVU3", "802500", "tariff"), ("LNC", "58410-2", "LNC", "718-7", "has component"), ("LNC", "58410-2", "LNC", "789-8", "has component"),
        ("LNC", "58410-2", "RVU3", "802000", "tariff"), ("LNC", "718-7", "LNC", "58410-2", "part of panel"), ("LNC", "718-7", "RVU3", "802005", "tariff"),
    ]  # fmt: skip
    sections = query(terminologies.attributes_path(home), "SELECT code, value FROM t WHERE name = 'section'")
    assert sections == [("1007-4", "blood_bank")]
