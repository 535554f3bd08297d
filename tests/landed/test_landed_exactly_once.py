"""The same delivery twice changes nothing, a kill leaves the old or the new state, and there is one writer at a time."""

import hashlib
import random
import signal
import subprocess
import sys
import time

import landed_containers as c
import messages as m
import pytest

from pipelines.errors import BusyError
from pipelines.settings import PROJECT, home
from pipelines.state import State, writing

BILLS = [c.Delivery(m.xml_a(m.bill(n)), "SavePatientBill") for n in range(8)]
_LAND = """
import sys, time
from pathlib import Path
from pipelines.landed.landing import land
from pipelines.landed.sources import sources
from pipelines.settings import home
from pipelines.state import writing
print("begun", flush=True)
with writing(home(sys.argv[1])) as state:
    for source in sources([Path(sys.argv[2])]):
        land(state, source, None, None, lambda n: time.sleep(float(sys.argv[3])))
"""


def landed_bytes(root) -> dict[str, str]:
    """What readers can see: the landed files and the committed rows."""
    files = {p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(root.glob("landed/*/*"))}
    with State(home(root)) as state:
        rows = state.rows("select extract_id, messages, landed, quarantined, duplicates from extracts order by 1")
        return files | {"extracts": str(rows), "ids": str(state.rows("select hex(message_id) from messages order by 1"))}


def test_the_same_extract_again_changes_nothing(land, write, tmp_path):
    data = c.zipped(BILLS)
    assert land(write("x.zip", data)).counts == (8, 8, 0, 0)
    before = landed_bytes(tmp_path / "home")
    for name in ("x.zip", "renamed.bin", "other/folder/x.zip"):
        again = land(write(name, data))
        assert again.done[0].already and again.counts == (0, 0, 0, 0)
    assert landed_bytes(tmp_path / "home") == before


def test_loose_files_again_from_another_folder(land, write):
    for folder in ("a", "b"):
        for n, d in enumerate(BILLS[:3]):
            path = write(f"{folder}/{d.file_name(n)}", d.text)
        assert land(path.parent).done[0].already is (folder == "b")
    write(f"b/{BILLS[3].file_name(3)}", BILLS[3].text)
    assert land(path.parent).counts == (4, 1, 0, 3)


def test_messages_delivered_before_are_duplicates_in_every_container(land, write):
    assert land(write("x.zip", c.zipped(BILLS[:4]))).counts == (4, 4, 0, 0)
    assert land(write("y.csv", c.table(BILLS[2:6]))).counts == (4, 2, 0, 2)
    assert land(write("z.xml", c.envelopes([*BILLS, *BILLS]))).counts == (16, 2, 0, 14)
    assert land(write("w.ndjson", c.ndjson([c.Delivery("broken", ""), BILLS[0], c.Delivery("broken", "")]))).counts == (3, 0, 2, 1)


def test_a_resent_message_that_differs_is_a_message(land, write):
    changed = c.Delivery(BILLS[0].text.replace("036", "037"), "SavePatientBill")
    outcome = land(write("x.ndjson", c.ndjson([BILLS[0], changed])))
    assert outcome.counts == (2, 2, 0, 0) and len({k["composition_uid"] for k in outcome.messages}) == 1


def test_second_writer_is_told_to_wait(tmp_path):
    with writing(home(tmp_path)), pytest.raises(BusyError, match="being written by another"), writing(home(tmp_path)):
        pass
    with writing(home(tmp_path)):
        pass  # the lock was given back


def test_an_error_on_the_way_leaves_nothing(write, tmp_path):
    from pipelines.landed.landing import land
    from pipelines.landed.sources import sources

    path = write("x.zip", c.zipped(BILLS))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with writing(home(tmp_path / "home")) as state:
        with pytest.raises(KeyboardInterrupt):
            land(state, next(sources([path])), None, None, stop)
        assert not list((tmp_path / "home").rglob("*.parquet")) and not state.extracts()
        assert land(state, next(sources([path])), None, None).landed == 8


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_killed_at_any_moment(write, tmp_path):
    """A landing of four extracts, killed again and again: whole extracts or none, and in the end what one quiet run gives."""
    bills = [c.Delivery(m.xml_a(m.bill(n)), "SavePatientBill") for n in range(1200)]
    for number, pack in enumerate((c.zipped, c.ndjson, c.table, c.parquet)):
        path = write(f"all/{number}.{('zip', 'ndjson', 'csv', 'parquet')[number]}", pack(bills[number * 300 : number * 300 + 320]))
    run = [sys.executable, "-c", _LAND]
    subprocess.run([*run, str(tmp_path / "quiet"), str(path.parent), "0"], check=True, cwd=PROJECT, capture_output=True)
    expected = landed_bytes(tmp_path / "quiet")
    rng, killed = random.Random(5), 0
    for _ in range(6):
        process = subprocess.Popen([*run, str(tmp_path / "home"), str(path.parent), "0.1"], cwd=PROJECT, stdout=subprocess.PIPE)
        assert process.stdout is not None and process.stdout.readline() == b"begun\n"
        time.sleep(rng.uniform(0.02, 0.7))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        now = landed_bytes(tmp_path / "home")
        for folder in {name.split("/")[1] for name in expected if "/" in name}:
            names = [name for name in expected if name.startswith(f"landed/{folder}/")]
            if folder in now["extracts"]:
                assert [now.get(name) for name in names] == [expected[name] for name in names]
    assert killed >= 3
    subprocess.run([*run, str(tmp_path / "home"), str(path.parent), "0"], check=True, cwd=PROJECT, capture_output=True)
    assert landed_bytes(tmp_path / "home") == expected
    assert not list((tmp_path / "home/staging").glob("*"))
