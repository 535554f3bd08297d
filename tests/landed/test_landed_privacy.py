"""Nothing of a person travels on: not into any file below the data folder, not into what is printed, not by a file's name."""

import json
import sqlite3
import subprocess
import sys

import landed_containers as c
import messages as m
import pyarrow.parquet as pq
import pytest

from pipelines.landed.framing.frame import label
from pipelines.settings import PROJECT

SECRETS = [*m.PRIVATE.values(), m.PRIVATE_TITLE, m.BIRTH, "1359/11", "23071999"]


def everything_below(root) -> str:
    """The raw bytes of every file, and the values of Parquet columns and database rows, which are packed."""
    found = []
    for path in root.rglob("*"):
        if path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
            if path.suffix == ".parquet":
                found.append(json.dumps(pq.read_table(path).to_pydict(), ensure_ascii=False, default=str))
    with sqlite3.connect(root / "state.sqlite") as db:
        for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
            found.append(str(db.execute(f'select * from "{table}"').fetchall()))
    return "\n".join(found)


def broken_ways(text: str) -> list[str]:
    """Good and bad versions of a message: cut in and behind the person, with bad characters, keys twice, twice itself."""
    middle = len(text) // 2
    return [text, text[:middle], text[:400], text + "x", text.replace("MsgID", "MsgID\x01"), text.replace(">", ">&", 3), text + text, text.replace("036", '036" "'), "0084571239", m.PRIVATE["FullAddress"]]


@pytest.mark.parametrize("container", ["zip", "ndjson", "csv", "parquet", "big_xml_cdata", "tar_gz", "json_array"])
def test_planted_persons_are_found_nowhere(container, land, write, tmp_path, capfd):
    name, pack = c.CONTAINERS[container]
    texts = [text for dialect in m.DIALECTS for n, make in enumerate(m.SERVICES.values()) for text in broken_ways(m.DIALECTS[dialect](make(n)))]
    assert all(secret in "".join(texts) for secret in SECRETS)
    outcome = land(write(name, pack([c.Delivery(t, "") for t in texts])))
    assert outcome.counts[1] >= 40 and outcome.counts[2] >= 40
    assert sum(k["private_items"] for k in outcome.messages) >= 80
    kept = everything_below(tmp_path / "home")
    printed = "".join(capfd.readouterr())
    assert "thritaEHR.WardType" in kept  # the search does look into columns
    assert [secret for secret in SECRETS if secret in kept or secret in printed] == []


def test_file_and_entry_names_do_not_carry_numbers(land, write, tmp_path):
    code, phone, guid = m.PRIVATE["NationalCode"], m.PRIVATE["MobileNumber"], "CD6AC442-9C6D-3B60-3C86-5A2870123456"
    write(f"{code}/{code}.xml", "bad")
    write(f"{code}/{guid}_{phone}.xml", "bad")
    members = [c.Delivery("bad", "")]
    write(f"{phone}.zip", c.zipped(members).replace(b"day/", b"0912"))
    write(f"{code}.csv", "no,thing\n")
    write(f"{code}.parquet", "PAR1 broken")
    outcome = land(tmp_path / "in")
    assert outcome.counts[2] == 5
    kept = everything_below(tmp_path / "home")
    assert code not in kept and phone not in kept
    assert {"##########.xml", f"{guid}_###########.xml"} < {row["entry"] for row in outcome.quarantine}
    assert {d.label for d in outcome.done} == {"##########.csv", "##########.parquet", "##########/", "###########.zip"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("u07-1401-11.zip", "u07-1401-11.zip"), ("1_30_2023 10_04_37 AM_CD6AC442-9C6D-3B60-3C86-5A2870123456_SavePatientBillSecure.xml",) * 2,
        ("20230130100437.xml", "20230130100437.xml"), ("20230130T1004.xml", "20230130T1004.xml"), ("14011110_100437.xml", "14011110_100437.xml"), ("0084571239.xml", "##########.xml"),
        ("a1234567.xml", "a1234567.xml"), ("a12345678b.xml", "a########b.xml"), ("20230130.xml", "########.xml"), ("۰۰۸۴۵۷۱۲۳۹.xml", "##########.xml"),
    ],
)  # fmt: skip
def test_labels(name, shown):
    assert label(name) == shown


def test_nothing_is_printed_about_bad_input(write, tmp_path):
    """A process of its own, so that native code, warnings and logs are seen as well."""
    path = write("x.zip", c.zipped([c.Delivery(text, "") for text in broken_ways(m.xml_a(m.bill())) + broken_ways(m.json_camel(m.bill()))]))
    script = (
        "import sys\nfrom pathlib import Path\nfrom pipelines.landed.landing import land\nfrom pipelines.landed.sources import sources\nfrom pipelines.settings import home\n"
        "from pipelines.state import writing\nwith writing(home(sys.argv[1])) as s:\n    print([land(s, x, None, None) for x in sources([Path(sys.argv[2])])])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "home"), str(path)], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert "quarantined=" in done.stdout and done.stderr == ""
    assert [secret for secret in SECRETS if secret in done.stdout] == []
