"""Real code lists beside real packets: every real code passes or is told why it does not. Skipped where they are absent."""

import shutil
from pathlib import Path

import pytest

from pipelines import flow, terminologies
from pipelines.settings import PROJECT
from pipelines.settings import home as home_of
from pipelines.warehouse import reading

SHARED = PROJECT.parent / "shared"
REAL, PACKETS = SHARED / "terminologies" / "real", SHARED / "samples" / "packets"
LISTS = (
    ("IRC", "irc_chemical.csv", False),
    ("IRC", "irc_medical_supplies.csv", True),
    ("eRx", "erx_chemical.csv", False),
    ("RVU3", "rvu3_clean.csv", False),
    ("RVU3", "rvu3_visits_1404.csv", True),
)
pytestmark = [pytest.mark.samples, pytest.mark.skipif(not (REAL.is_dir() and PACKETS.is_dir()), reason="no real lists and packets beside the project")]


@pytest.fixture(scope="module")
def judged(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple]:
    """(terminology id, code, outcome, cause, whether the list holds the code) of every item that declares IRC, eRx or RVU3."""
    home = home_of(tmp_path_factory.mktemp("real"))
    shutil.copytree(lists, home.reference)
    for terminology, file, append in LISTS:
        terminologies.add_release(home, terminology, REAL / file, "real", "1390/01/01", append=append)
    flow.ingest(home, [PACKETS])
    flow.build(home)
    with reading(home) as con:
        return con.execute(
            """
            select i.terminology_id, i.code, v.outcome, v.cause, c.code is not null
            from coded.items i join findings.verdicts v using (coding_id)
            left join (select distinct terminology, code from reference.codes) c on c.terminology = i.terminology_id and c.code = i.code
            where i.terminology_id in ('IRC', 'eRx', 'RVU3')"""
        ).fetchall()


def test_every_code_that_is_listed_passes(judged):
    assert {row[2:4] for row in judged if row[4]} == {("passed", "")}
    assert {row[0] for row in judged if row[4]} == {"IRC", "eRx", "RVU3"}


def test_every_other_code_is_a_modifier_or_not_listed(judged):
    for terminology, code, outcome, cause, listed in judged:
        if not listed:
            modifier = terminology == "RVU3" and code in ("26", "27", "31", "39", "85", "90.1")
            assert (outcome, cause) == (("passed", "") if modifier else ("unknown", "not_listed")), (terminology, code)
