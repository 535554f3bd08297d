"""The client of the coding service against a real HTTP server: tokens that end, errors, truncated and short pages, breaks."""

import base64
import datetime as dt
import json
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines import terminologies
from pipelines.errors import InputError
from pipelines.terminologies.download import download
from pipelines.terminologies.maxa import Maxa, read_config

from .conftest import codes

ROWS = [{"Code": f"{n:016d}", "Value": f"DRUG {n}", "IsActive": n != 3} for n in range(1, 26)]


class Service(ThreadingHTTPServer):
    """What the service does next is a list of faults: one is taken by each request for a page."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults: list[str] = []
        self.grants: list[str] = []
        self.pages: list[int] = []
        self.asked: list[dict[str, str]] = []
        self.tokens: set[str] = set()
        self.life = 763
        self.refreshable = True


class Handler(BaseHTTPRequestHandler):
    server: Service

    def log_message(self, *args) -> None:
        pass

    def answer(self, status: int, body: object, cut: int = 0, **headers: str) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data[: len(data) - cut])

    def do_POST(self) -> None:
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.server.grants.append(form["grant_type"])
        client = base64.b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        right = (form["grant_type"] == "refresh_token" and self.server.refreshable) or form.get("password") == "گذرواژه"
        if client != "client:secret" or not right:
            return self.answer(401, {"error": "invalid_grant"})
        token = f"token{len(self.server.grants)}"
        self.server.tokens = {token}
        self.answer(200, {"access_token": token, "refresh_token": "again", "expires_in": self.server.life})

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "ended":
            self.server.tokens = set()
        if self.headers["Authorization"].removeprefix("Bearer ") not in self.server.tokens:
            return self.answer(401, {"error": "invalid_token"})
        if fault.isdigit():
            return self.answer(int(fault), {"error": "later"}, Retry_After="0")
        if fault == "dropped":
            return self.connection.close()
        if path.endswith("terminologies"):
            return self.answer(200, {"Result": [{"Id": 1, "Name": "IRC"}]})
        asked = dict(urllib.parse.parse_qsl(query))
        self.server.asked.append(asked)
        page, size = int(asked["page"]), int(asked["size"])
        rows = ROWS[(page - 1) * size : page * size]
        if fault == "short":
            rows = rows[:-1]
        self.server.pages.append(page)
        self.answer(200, {"Result": rows, "Count": len(ROWS)}, cut=20 if fault == "truncated" else 0)


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def config(service, tmp_path) -> Path:
    path = tmp_path / "maxa.yaml"
    path.write_text(
        f"base: http://127.0.0.1:{service.server_port}\nclient_id: client\nclient_secret: secret\nusername: u\npassword: گذرواژه\n"
        "page_size: 10\npause_seconds: 0\ntries: 3\ntimeout_seconds: 5\n", "utf-8",
    )  # fmt: skip
    return path


def test_what_the_service_has(service, config):
    assert Maxa(read_config(config)).terminologies() == [{"Id": 1, "Name": "IRC"}]
    assert service.grants == ["password"]


def test_a_download_is_a_file_that_add_release_takes(home, service, config, tmp_path):
    done = download(Maxa(read_config(config)), "irc", tmp_path / "irc.csv")
    assert (done["rows"], done["pages"], done["resumed_from"], done["delta"]) == (25, 3, None, False)
    assert terminologies.add_release(home, "IRC", done["file"], "maxa", "1403/01/01")["rows"] == 25
    assert [c["code"] for c in codes(home, "IRC") if c["status"] == "inactive"] == [f"{3:016d}"]
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["irc.csv", "maxa.yaml"]


def test_changes_since_a_day_are_a_delta(service, config, tmp_path):
    assert download(Maxa(read_config(config)), "IRC", tmp_path / "d.csv", dt.date(2024, 3, 20))["delta"] is True
    assert {a["since"] for a in service.asked} == {"2024-03-20"}


@pytest.mark.parametrize("fault", ["500", "503", "429", "dropped", "truncated", "short", "ended"])
def test_faults_that_pass(service, config, tmp_path, fault):
    service.faults = ["", fault, fault if fault != "ended" else ""]
    assert download(Maxa(read_config(config)), "IRC", tmp_path / "irc.csv")["rows"] == 25
    lines = (tmp_path / "irc.csv").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) == 26


def test_a_token_that_ends_is_refreshed_and_if_need_be_asked_for_anew(service, config):
    client = Maxa(read_config(config))
    service.faults = ["", "ended"]
    client.terminologies()
    client.terminologies()
    assert service.grants == ["password", "refresh_token"]
    service.refreshable, service.faults = False, ["ended"]
    client.terminologies()
    assert service.grants[2:] == ["refresh_token", "password"]
    service.life = 0.02
    client._ends = 0
    client.terminologies()
    before = len(service.grants)
    threading.Event().wait(0.05)
    client.terminologies()
    assert len(service.grants) > before, "a token past its time is not used"


@pytest.mark.parametrize("fault", ["500", "dropped", "truncated", "short"])
def test_after_a_break_it_goes_on_from_the_last_finished_page(service, config, tmp_path, fault):
    service.faults = ["", fault, fault, fault]
    with pytest.raises(InputError, match="Run it again"):
        download(Maxa(read_config(config)), "IRC", tmp_path / "irc.csv")
    assert not (tmp_path / "irc.csv").exists()
    part = tmp_path / "irc.csv.part"
    part.write_bytes(part.read_bytes() + b'{"page": 2, "la')  # and killed while writing
    service.pages.clear()
    service.faults = []
    done = download(Maxa(read_config(config)), "IRC", tmp_path / "irc.csv")
    assert (done["rows"], done["resumed_from"], service.pages) == (25, 2, [2, 3])
    assert not part.exists()


def test_another_question_does_not_go_on_from_it(service, config, tmp_path):
    service.faults = ["", "500", "500", "500"]
    with pytest.raises(InputError):
        download(Maxa(read_config(config)), "IRC", tmp_path / "irc.csv")
    service.pages.clear()
    assert download(Maxa(read_config(config)), "eRx", tmp_path / "irc.csv")["resumed_from"] is None
    assert service.pages == [1, 2, 3]


def test_refusals_are_one_line_and_show_no_secret(service, config, tmp_path):
    config.write_text(config.read_text("utf-8").replace("گذرواژه", "wrong"), "utf-8")
    with pytest.raises(InputError, match=r"no token \(401\)") as caught:
        Maxa(read_config(config)).terminologies()
    assert "wrong" not in str(caught.value) and "wrong" not in repr(read_config(config))
    bad = tmp_path / "bad.yaml"
    bad.write_text("base: x\nusrname: u\n", "utf-8")
    with pytest.raises(InputError, match=r"missing: client_id, client_secret, username, password; not known: usrname"):
        read_config(bad)


def test_nobody_there(config):
    config.write_text(config.read_text("utf-8").replace("http://127.0.0.1:", "http://127.0.0.1:1#"), "utf-8")
    with pytest.raises(InputError, match="no answer after 3 tries"):
        Maxa(read_config(config)).terminologies()


def test_the_pattern_of_the_configuration_has_every_name(tmp_path):
    from pipelines.settings import PROJECT

    pattern = (PROJECT / "pipelines" / "terminologies" / "maxa_config.yaml").read_text("utf-8")
    filled = tmp_path / "c.yaml"
    filled.write_text(pattern.replace('""', '"x"'), "utf-8")
    assert read_config(filled).page_size == 1000
