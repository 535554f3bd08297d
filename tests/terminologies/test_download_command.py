"""`sepas-dq terminology download` in a process of its own, against the HTTP server of the client's tests: list, file, delta, resume, one-line errors."""

import subprocess
import sys

import pytest

from pipelines.servers import environment

from .test_maxa import config, service  # noqa: F401  (fixtures)


@pytest.fixture
def run(home):
    def call(*arguments: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", "from pipelines.cli import main; main()", "terminology", "download", *map(str, arguments)],
            env=environment(home), capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip

    return call


def one_line(done, code, *said):
    assert done.returncode == code, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr
    for part in said:
        assert part in done.stderr


def test_what_the_service_has(run, service, config):  # noqa: F811
    done = run(config, "--list")
    assert done.returncode == 0, done.stderr
    assert "IRC" in done.stdout and "1 terminologies" in done.stdout


def test_a_file_and_the_next_command(run, service, config, tmp_path):  # noqa: F811
    done = run(config, "irc", tmp_path / "irc.csv")
    assert done.returncode == 0, done.stderr
    assert "25 rows of IRC in 3 pages" in done.stdout and "terminology add IRC" in done.stdout and "--delta" not in done.stdout
    assert len((tmp_path / "irc.csv").read_text("utf-8").splitlines()) == 26
    since = run(config, "irc", tmp_path / "d.csv", "--since", "1403/01/01")
    assert "--delta" in since.stdout and {a["since"] for a in service.asked if "since" in a} == {"2024-03-20"}


def test_a_break_is_one_line_and_the_next_call_goes_on(run, service, config, tmp_path):  # noqa: F811
    service.faults = ["", "500", "500", "500"]
    one_line(run(config, "IRC", tmp_path / "irc.csv"), 3, "no answer after 3 tries", "Run it again")
    assert not (tmp_path / "irc.csv").exists()
    service.pages.clear()
    done = run(config, "IRC", tmp_path / "irc.csv")
    assert done.returncode == 0 and "pages before 2 were there" in done.stdout and service.pages == [2, 3]


def test_wrong_credentials_no_network_and_a_bad_configuration(run, service, config, tmp_path):  # noqa: F811
    right = config.read_text("utf-8")
    config.write_text(right.replace("گذرواژه", "wrong-one"), "utf-8")
    done = run(config, "IRC", tmp_path / "irc.csv")
    one_line(done, 3, "no token (401)", "configuration")
    assert "wrong-one" not in done.stderr
    config.write_text(right.replace(f":{service.server_port}", ":9"), "utf-8")
    one_line(run(config, "--list"), 3, "no answer after 3 tries")
    config.write_text(right.replace("username: u\n", ""), "utf-8")
    one_line(run(config, "--list"), 3, "missing: username")
    config.write_text(right + "tries: many\n", "utf-8")
    one_line(run(config, "--list"), 3, "tries")
    config.write_text("- a list\n", "utf-8")
    one_line(run(config, "--list"), 3, "maxa.yaml")


def test_what_cannot_be_asked(run, service, config, tmp_path):  # noqa: F811
    one_line(run(config, "IRC"), 2, "--list")
    one_line(run(config, "SNOMED", tmp_path / "x.csv"), 3, "IRC")
    one_line(run(config, "IRC", tmp_path / "x.csv", "--since", "winter"), 3, "1401/11/10")
    one_line(run(tmp_path / "none.yaml", "--list"), 3, "none.yaml")
    assert "not documented" in run("--help").stdout
