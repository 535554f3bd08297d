"""Nothing of Person survives: no value of a Person element or attribute is anywhere in the data folder, a report or a log."""

import json
import re
import sqlite3
import xml.etree.ElementTree as ET
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.cli import cli
from pipelines.reports.quarter import write_report

SHORTEST = 6  # shorter values (a gender's code, a day) occur everywhere by chance


def person_values(payload: str | dict) -> set[str]:
    """Every text of the Person block of one message, however it is written."""
    if isinstance(payload, dict):
        person = next(value for key, value in payload.items() if key.lower() == "person")
        return set(_leaves(person))
    root = ET.fromstring(payload.rstrip("\0").lstrip("\ufeff"))
    person = next(e for e in root.iter() if e.tag.rsplit("}", 1)[-1] == "Person")
    return {text for e in person.iter() for text in (*e.attrib.values(), e.text or "") if text.strip()}


def _leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _leaves(part)]
    if isinstance(value, list):
        return [text for part in value for text in _leaves(part)]
    return [str(value)] if value not in (None, "") else []


@pytest.fixture(scope="module")
def run(make_run):
    run = make_run("ndjson", messages=150, broken=10)
    for language in ("fa", "en"):
        write_report(run.home, "1401Q4", language)
    return run


@pytest.fixture(scope="module")
def planted(run) -> set[str]:
    """Values that stand in Person and nowhere else in the messages."""
    inside: set[str] = set()
    outside = ""
    for file in (run.out / "extracts").rglob("*.ndjson"):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                row = json.loads(line)
                inside |= person_values(row["message"])
            except (ValueError, KeyError, StopIteration, TypeError, AttributeError, ET.ParseError):
                continue
            whole = row["message"] if isinstance(row["message"], str) else json.dumps(row["message"], ensure_ascii=False)
            outside += re.sub(r"<(\w+:)?Person[ >].*?</(\w+:)?Person>", "", whole, flags=re.DOTALL) if isinstance(row["message"], str) else json.dumps(
                {k: v for k, v in row["message"].items() if k.lower() != "person"}, ensure_ascii=False
            )  # fmt: skip
    return {value for value in inside if len(value) >= SHORTEST and value not in outside}


def everything(root: Path) -> str:
    """All text below a folder: Parquet and SQLite values decoded, other files as bytes."""
    texts = []
    for file in root.rglob("*"):
        if not file.is_file() or "reference" in file.parts:
            continue
        texts.append(file.name)
        if file.suffix == ".parquet":
            table = pq.read_table(file)
            texts += [str(value) for column in table.columns for value in column.unique().to_pylist()]
        elif file.suffix == ".sqlite":
            db = sqlite3.connect(file)
            for (name,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
                texts += [repr(row) for row in db.execute(f'select * from "{name}"')]
        else:
            texts.append(file.read_bytes().decode("utf-8", "replace"))
    return "\n".join(texts)


def test_no_value_of_a_person_is_in_the_data_folder_or_a_report(run, planted):
    assert len(planted) > 300, "the generator plants too little to search for"
    found = everything(run.home.root)
    leaked = [value for value in planted if value in found]
    assert not leaked, f"{len(leaked)} of {len(planted)} values leaked"


def test_the_search_finds_what_is_there(run, planted):
    """The test above can fail: a planted value put into a table is found."""
    value = sorted(planted)[0]
    (run.home.root / "leak.txt").write_text(value, encoding="utf-8")
    try:
        assert value in everything(run.home.root)
    finally:
        (run.home.root / "leak.txt").unlink()


def test_no_value_of_a_person_is_printed(run, planted, capfd, monkeypatch, tmp_path):
    monkeypatch.setenv("SEPAS_DQ_HOME", str(tmp_path / "fresh"))
    cli(["ingest", str(run.out)], standalone_mode=False)
    cli(["build"], standalone_mode=False)
    messages = [json.loads(line)["message"] for file in (run.out / "extracts").rglob("*.ndjson") for line in file.read_text("utf-8", "replace").splitlines()[:1] if line.startswith("{") and line.endswith("}")]
    for number, message in enumerate(messages[:5]):
        file = tmp_path / f"{number}.xml"
        file.write_text(message if isinstance(message, str) else json.dumps(message, ensure_ascii=False), encoding="utf-8")
        cli(["check", str(file)], standalone_mode=False)
    printed = "".join(capfd.readouterr())
    assert not [value for value in planted if value in printed]
