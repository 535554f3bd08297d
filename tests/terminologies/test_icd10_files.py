"""ICD-10 as WHO gives it: ClaML, the list of codes without a header, plain lists; retired codes with their successors."""

import zipfile

import pytest

from pipelines import terminologies
from pipelines.errors import InputError
from pipelines.terminologies.neutral import read_neutral

from .conftest import codes

CLAML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ClaML SYSTEM "http://127.0.0.1:9/ClaML.dtd">
<ClaML version="2.0.0"><Title name="ICD-10-EN" version="2019"/>
<Modifier code="S20V01T_4"><SubClass code=".0"/><SubClass code=".9"/></Modifier>
<Modifier code="S02J10_5"><SubClass code="0"/><SubClass code="1"/></Modifier>
<ModifierClass modifier="S20V01T_4" code=".0"><SuperClass code="S20V01T_4"/><Rubric kind="preferred"><Label xml:lang="en">Home</Label></Rubric></ModifierClass>
<ModifierClass modifier="S20V01T_4" code=".9"><SuperClass code="S20V01T_4"/><Rubric kind="preferred"><Label xml:lang="en">Unspecified place</Label></Rubric></ModifierClass>
<ModifierClass modifier="S02J10_5" code="0"><SuperClass code="S02J10_5"/><Rubric kind="preferred"><Label>closed</Label></Rubric></ModifierClass>
<ModifierClass modifier="S02J10_5" code="1"><SuperClass code="S02J10_5"/><Rubric kind="preferred"><Label>open</Label></Rubric></ModifierClass>
<Class code="XX" kind="chapter"><SubClass code="W00-W19"/><Rubric kind="preferred"><Label>External causes</Label></Rubric></Class>
<Class code="W00-W19" kind="block"><SuperClass code="XX"/><SubClass code="W00"/><SubClass code="W01"/><ModifiedBy code="S20V01T_4"/><Rubric kind="preferred"><Label>Falls</Label></Rubric></Class>
<Class code="W00" kind="category"><SuperClass code="W00-W19"/><Rubric kind="inclusion"><Label>not this</Label></Rubric>
  <Rubric kind="preferred"><Label>Fall on <Term>ice</Term>
  and snow</Label></Rubric></Class>
<Class code="W01" kind="category"><SuperClass code="W00-W19"/><ExcludeModifier code="S20V01T_4"/><Rubric kind="preferred"><Label>Fall by slipping</Label></Rubric></Class>
<Class code="S02" kind="category"><SubClass code="S02.0"/><ModifiedBy code="S02J10_5" all="false"><ValidModifierClass code="1"/></ModifiedBy><Rubric kind="preferred"><Label>Fracture of skull</Label></Rubric></Class>
<Class code="S02.0" kind="category"><SuperClass code="S02"/><Rubric kind="preferred"><Label>Fracture of vault</Label></Rubric></Class>
<Class code="A17" kind="category" usage="dagger"><Rubric kind="preferred"><Label>Tuberculosis of nervous system</Label></Rubric></Class>
<Class code="G01" kind="category" usage="aster"><Rubric kind="preferred"><Label>Meningitis in bacterial diseases</Label></Rubric></Class>
<Class code="K64" kind="category"><SubClass code="K64.9"/><Rubric kind="preferred"><Label>Haemorrhoids</Label></Rubric></Class>
<Class code="K64.9" kind="category"><SuperClass code="K64"/><Rubric kind="preferred"><Label>Haemorrhoids, unspecified</Label></Rubric></Class>
</ClaML>
"""
META = (
    "4;T;X;01;A00;A00.0;A00.0;A000;Cholera due to Vibrio cholerae 01;001;4-002\n"
    "3;N;X;01;A00;A00.-;A00;A00;Cholera;001\n"
    "3;T;X;06;G00;G01*;G01;G01;Meningitis in bacterial diseases\n"
)


def test_claml_with_its_modifiers(home, table):
    done = terminologies.add_release(home, "ICD10", table(CLAML, "whatever.dat"), "2019", "1398/01/01")
    listed = {row["code"]: row for row in codes(home, "ICD10")}
    plain = {code: row["title_en"] for code, row in listed.items() if row["status"] != "retired"}
    assert plain == {
        "W00": "Fall on ice and snow", "W00.0": "Fall on ice and snow, Home", "W00.9": "Fall on ice and snow, Unspecified place",
        "W01": "Fall by slipping", "S02": "Fracture of skull", "S02.0": "Fracture of vault", "S02.01": "Fracture of vault, open",
        "A17": "Tuberculosis of nervous system", "G01": "Meningitis in bacterial diseases", "K64": "Haemorrhoids", "K64.9": "Haemorrhoids, unspecified",
    }  # fmt: skip
    assert listed["G01"]["status"] == "asterisk" and listed["G01"]["valid_to"] is None
    assert (listed["I84.9"]["successor"], listed["I84.0"]["successor"]) == ("K64.9", "K64")
    assert listed["I84.9"]["valid_from"] == listed["I84.9"]["valid_to"]
    assert "A90" not in listed, "a successor that the list lacks is no successor"
    assert any("earlier editions" in note for note in done["notes"])


def test_claml_in_a_zip_is_the_same(home, table, tmp_path):
    with zipfile.ZipFile(tmp_path / "icd.zip", "w") as packed:
        packed.writestr("doc/readme.htm", "<html/>")
        packed.writestr("x/icd102019en.xml", CLAML)
    done = terminologies.add_release(home, "all", tmp_path / "icd.zip", "2019", "1398/01/01")
    assert done["terminology"] == "ICD10"
    assert "S02.01" in {row["code"] for row in codes(home, "ICD10")}


def test_other_xml_and_broken_claml_are_one_line(home, table):
    with pytest.raises(InputError, match="root is html"):
        terminologies.add_release(home, "ICD10", table("<html/>", "a.xml"), "r", "1398/01/01")
    with pytest.raises(InputError, match="cannot be read"):
        terminologies.add_release(home, "ICD10", table(CLAML[:900], "b.xml"), "r", "1398/01/01")


def test_the_list_of_codes_without_a_header(table):
    read = read_neutral(table(META, "icd102019syst_codes.txt"), "ICD10")
    assert read.columns["code"] == ["A00.0", "A00", "G01"]
    assert read.columns["title_en"][1] == "Cholera"


def test_a_plain_list_with_marks_and_without_dots(table):
    read = read_neutral(table("A000;Cholera\nA17.0†;Meningitis\nG01*;In bacterial diseases\nA00-A09;Block\nb18.00;B\n"), "ICD10")
    assert read.columns["code"] == ["A00.0", "A17.0", "G01", "B18.00"]
    assert read.columns["status"] == [None, None, "asterisk", None]
    assert dict(read.rejected) == {"a chapter, a block or no ICD-10 code": 1}


def test_the_persian_twin_completes_the_list(home, table):
    add = {"release": "maxa", "valid_from": "1398/01/01", "append": True}
    terminologies.add_release(home, "ICD10", table("Id,Code,Value,Descript,IsActive\n1,A00,Cholera,,1\n2,A01,Typhoid,,0\n"), **add)
    done = terminologies.add_release(home, "ICD10", table("Id,Code,Value\n1,A00,وبا\n2,A01,حصبه\n", "fa.csv", "windows-1256"), **add)
    assert [(c["code"], c["title_fa"], c["title_en"], c["status"]) for c in codes(home, "ICD10")] == [
        ("A00", "وبا", "Cholera", "active"), ("A01", "حصبه", "Typhoid", "inactive"),
    ]  # fmt: skip
    assert (done["rows"], done["added"], done["completed"], done["rejected"]) == (2, 0, 2, {})
