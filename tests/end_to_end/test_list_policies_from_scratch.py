"""A quarter judged under another list policy equals one judged from scratch in a data folder that holds that list alone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines import flow, organisations, terminologies
from pipelines.generator import generate
from pipelines.settings import Home

FOREVER = "1300/01/01"
# IRC in three releases: of the older stand-in, then of a list that lacks a third of it, then a delta; LNC in two
DAYS = {"first": "1390/01/01", "second": "1401/11/25", "third": "1401/12/15"}


def lists_of(home: Home, terminology: str) -> list[tuple]:
    """(code, title) of the newest stand-in release."""
    newest = [m for m in terminologies.list_releases(home) if m["terminology"] == terminology][-1]
    with duckdb.connect() as db:
        return db.execute("select code, coalesce(title_fa, ''), coalesce(title_en, '') from read_parquet(?) order by code", [newest["path"]]).fetchall()


def written(folder: Path, name: str, rows: list[tuple], columns: str = "code,title_fa,title_en") -> Path:
    import csv

    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns.split(","), *rows])
    return path


def files_of(folder: Path, home: Home) -> dict[str, list[tuple[str, Path, bool]]]:
    """terminology → (release, file, whether it is a delta)."""
    irc, lnc = lists_of(home, "IRC"), lists_of(home, "LNC")
    gone = [("code", "title_fa", "title_en", "status"), *[(*row, "deleted") for row in irc[1::5]]]
    return {
        "IRC": [
            ("first", written(folder, "irc1.csv", irc), False),
            ("second", written(folder, "irc2.csv", [r for n, r in enumerate(irc) if n % 3]), False),
            ("third", written(folder, "irc3.csv", gone[1:], ",".join(gone[0])), True),
        ],
        "LNC": [("first", written(folder, "lnc1.csv", lnc[::2]), False), ("second", written(folder, "lnc2.csv", lnc), False)],
    }


@pytest.fixture(autouse=True)
def one_other_list_policy() -> None:
    """Here all of them, as a user has it."""


@pytest.fixture(scope="module")
def made(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list]]:
    """An extract of 250 messages, and the files of the releases."""
    folder = tmp_path_factory.mktemp("given")
    home = Home(folder / "home")
    shutil.copytree(lists, home.reference)
    flow.ensure_reference(home)
    generate(home, folder / "out", 250, 5, "ndjson", universities=4)
    return folder / "out", files_of(folder, home)


@pytest.fixture(scope="module")
def folder(made, lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Home]:
    """A data folder with some releases, built from the extract."""

    def build(*releases: tuple[str, Path, str, str, bool]) -> Home:
        home = Home(tmp_path_factory.mktemp("home"))
        shutil.copytree(lists, home.reference)
        flow.ensure_reference(home)
        for terminology, file, release, day, delta in releases:
            terminologies.add_release(home, terminology, file, release, day, delta=delta)
        organisations.add(home, made[0] / "organisations")
        flow.ingest(home, [made[0] / "extracts"])
        flow.build(home)
        return home

    return build


def counts(home: Home, source: str, terminologies: tuple[str, ...]) -> list[tuple]:
    with duckdb.connect(str(home.warehouse), read_only=True) as db:
        return db.execute(
            "select rule_id, university_id, vendor_id, jalali_month, phase, gate, outcome, sum(items)"
            f" from marts.list_policy_counts where list_policy = '{source}' and list_contains($t, terminology) group by all order by all",
            {"t": list(terminologies)},
        ).fetchall()


@pytest.fixture(scope="module")
def under_all(made, folder) -> Home:
    return folder(*[(t, file, release, DAYS[release], delta) for t, own in made[1].items() for release, file, delta in own])


@pytest.mark.parametrize(
    ("policy", "irc", "lnc"),
    [("release:first", ["first"], ["first"]), ("latest", ["second", "third"], ["second"])],
)
def test_a_single_list_equals_that_list_from_scratch(under_all, folder, made, policy, irc, lnc):
    days = [FOREVER, "1300/01/02"]
    chosen = [(t, names) for t, names in (("IRC", irc), ("LNC", lnc)) if names]
    given = [
        (t, file, release, days[names.index(release)], delta)
        for t, names in chosen
        for release, file, delta in made[1][t]
        if release in names
    ]
    scratch = folder(*given)
    judged = tuple(t for t, _ in chosen)
    found = counts(under_all, policy, judged)
    assert found == counts(scratch, "in_force", judged)
    assert {row[6] for row in found} > {"passed", "unknown"}


def test_grace_equals_a_list_whose_codes_last_longer(under_all, folder, made, tmp_path):
    with duckdb.connect() as db:
        rows = db.execute(
            "select code, coalesce(title_fa, ''), coalesce(title_en, ''), cast(valid_from as varchar), coalesce(cast(valid_to as varchar), '')"
            " from read_parquet(?) where terminology = 'IRC' and (valid_to is null or valid_to > valid_from)",
            [str(terminologies.codes_under(under_all, "grace:30"))],
        ).fetchall()
    lenient = written(tmp_path, "lenient.csv", rows, "code,title_fa,title_en,valid_from,valid_to")
    scratch = folder(("IRC", lenient, "lenient", FOREVER, False))
    found = counts(under_all, "grace:30", ("IRC",))
    assert found == counts(scratch, "in_force", ("IRC",))
    assert found != counts(under_all, "in_force", ("IRC",)), "thirty days of grace must spare something here"


def test_the_default_policy_is_what_every_other_mart_counts(under_all):
    with duckdb.connect(str(under_all.warehouse), read_only=True) as db:
        apart = db.execute(
            "select rule_id, jalali_month, phase, gate, sum(items_judged), sum(items_failed) from marts.judged_counts group by all"
            " except select rule_id, jalali_month, phase, gate, items_judged, items_failed from marts.error_rate_by_list_policy where list_policy = 'in_force'"
        ).fetchall()
        sizes = db.execute(
            "select rule_id, jalali_month, count(distinct items) from (select rule_id, jalali_month, list_policy, sum(items) as items"
            " from marts.list_policy_counts group by all) group by all having count(distinct items) > 1"
        ).fetchall()
    assert (apart, sizes) == ([], []), "the same items are judged under every policy"


def test_nothing_is_judged_twice_and_a_new_policy_needs_no_ingest(under_all, monkeypatch):
    from pipelines.findings import sensitivity

    judged = []
    monkeypatch.setattr(sensitivity, "judge", lambda con: judged.append(1) or pytest.fail("judged again"))
    assert flow.build(under_all).judged == []
    monkeypatch.undo()
    monkeypatch.setenv("SEPAS_DQ_LIST_POLICIES", "grace:3")
    assert flow.build(under_all).judged == [], "the verdicts of the day's list stand"
    with duckdb.connect(str(under_all.warehouse), read_only=True) as db:
        assert db.execute("select distinct list_policy from marts.list_policy_counts order by 1").fetchall() == [("grace:3",), ("in_force",)]


def test_a_single_question_takes_a_policy_too(under_all, made, monkeypatch):
    from click.testing import CliRunner

    from pipelines.cli import cli

    monkeypatch.setenv("SEPAS_DQ_HOME", str(under_all.root))
    with made[1]["LNC"][1][1].open(encoding="utf-8") as stream:
        only_in_second = stream.read().splitlines()[2].split(",")[0]
    asked = ["rules", "try", "labresult-testname-lnc", only_in_second, "--on", "1401/12/20"]
    answers = {policy: CliRunner().invoke(cli, [*asked, *how]).output.split()[0] for policy, how in (
        ("day", []), ("first", ["--list-policy", "release:first"]), ("latest", ["--list-policy", "latest"]),
    )}  # fmt: skip
    assert answers == {"day": "passed", "first": "unknown", "latest": "passed"}
