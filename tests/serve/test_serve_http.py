"""The service as it runs: errors in one shape, limits, slow and hostile callers, and nothing of any message in what it writes."""

import concurrent.futures
import contextlib
import socket
import time
import zlib

import messages as m
import orjson
import pytest
from serve_process import Service, running

SECRETS = [*m.PRIVATE.values(), m.PRIVATE_TITLE, m.BIRTH, "23071999"]
GOOD = m.xml_a(m.bill()).encode()
DEEP = 5000


def error(answer: tuple[int, dict, bytes]) -> tuple[int, str]:
    """(status, reason) of a refusal, whose shape is held."""
    status, headers, body = answer
    said = orjson.loads(body)["error"]
    assert set(said) == {"reason", "status", "message", "next", "detail"} and said["status"] == status
    assert said["message"]["fa"] and said["next"]["en"] and headers["content-type"] == "application/json"
    return status, said["reason"]


def raw(service: Service, *parts: bytes, pause: float = 0.0, wait: float = 8.0) -> bytes:
    """What comes back on a bare connection until it is closed."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=wait) as connection:
        found = b""
        try:
            for part in parts:
                if not pause or not found:
                    connection.sendall(part)
                if pause:
                    connection.settimeout(pause)
                    with contextlib.suppress(TimeoutError):
                        found += connection.recv(65536)
            connection.settimeout(wait)
            while some := connection.recv(65536):
                found += some
        except TimeoutError:
            found += b"<still open>"
        except (ConnectionResetError, BrokenPipeError):
            pass
        return found


def test_one_message_and_a_batch(service):
    status, headers, body = service.ask("/v1/messages?shape=both", GOOD)
    said = orjson.loads(body)
    assert status == 200 and said["judged_on"]["jalali"] == "1401/12/25" and len(said["validation_results"]) == len(said["findings"]) > 0
    assert headers["cache-control"] == "no-store" and "server" not in headers
    lines = b"\n".join(m.json_camel(m.lab_result(n)).encode() for n in range(55))
    status, headers, body = service.ask("/v1/batch", lines)
    assert status == 200 and headers["content-type"].startswith("application/x-ndjson")
    assert [orjson.loads(line)["line"] for line in body.splitlines()] == list(range(1, 56))


def test_what_may_be_asked_without_a_message(service):
    rules = orjson.loads(service.ask("/v1/rules")[2])
    assert len(rules) >= 16 and {"id", "starts_on", "row"} <= set(rules[0])
    lists = orjson.loads(service.ask("/v1/lists?on=1401/12/20")[2])
    assert {one["terminology"] for one in lists["lists"]} >= {"IRC", "LNC", "ICD10"} and lists["on"]["jalali"] == "1401/12/20"
    paths = orjson.loads(service.ask("/openapi.json")[2])["paths"]
    assert set(paths) == {"/v1/messages", "/v1/batch", "/v1/rules", "/v1/lists", "/v1/health"}


@pytest.mark.parametrize(
    ("path", "body", "method", "headers", "expected"),
    [
        ("/v1/messages", b"", "POST", {}, (422, "empty")),
        ("/v1/messages", b"hello", "POST", {}, (422, "not_a_message")),
        ("/v1/messages", b"<a><b></a>", "POST", {}, (422, "not_well_formed")),
        ("/v1/messages", b'{"a": ', "POST", {}, (422, "not_json")),
        ("/v1/messages", b"<a>\xff</a>", "POST", {}, (422, "not_utf8")),
        ("/v1/messages", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "POST", {}, (422, "forbidden_markup")),
        ("/v1/messages", b"<a>" * DEEP + b"<MsgID/>" + b"</a>" * DEEP, "POST", {}, (422, "not_a_message")),
        ("/v1/messages", b"<r><MsgID/>" + b"<a>" * DEEP + b"</a>" * DEEP + b"</r>", "POST", {}, (422, "too_deep")),
        ("/v1/messages", b'{"MsgID":' * DEEP + b"1" + b"}" * DEEP, "POST", {}, (422, "too_deep")),
        ("/v1/messages", b"<r><MsgID/><" + b"n" * 5000 + b"/></r>", "POST", {}, (422, "not_a_message")),
        ("/v1/messages", b"x" * 200_001, "POST", {}, (413, "message_too_large")),
        ("/v1/messages", zlib.compress(GOOD), "POST", {"Content_Encoding": "gzip"}, (415, "compressed")),
        ("/v1/messages?on=tomorrow", GOOD, "POST", {}, (422, "bad_parameter")),
        ("/v1/messages?shape=xml", GOOD, "POST", {}, (422, "bad_parameter")),
        ("/v1/messages?operation=" + "x" * 101, GOOD, "POST", {}, (422, "bad_parameter")),
        ("/v1/messages", None, "GET", {}, (405, "wrong_method")),
        ("/v1/batch", GOOD, "DELETE", {}, (405, "wrong_method")),
        ("/v2/messages", GOOD, "POST", {}, (404, "unknown_path")),
        ("/docs", None, "GET", {}, (404, "unknown_path")),
    ],
)  # fmt: skip
def test_errors_are_clear_and_the_service_lives_on(service, path, body, method, headers, expected):
    assert error(service.ask(path, body, method, **headers)) == expected
    assert service.lives()


@pytest.mark.parametrize(
    "attack",
    [
        b"<r><MsgID/><?x " + b"<!--Coded_string=" * 9000 + b"?></r>",
        b'<r><MsgID/><Composition><Diagnosis><Diagnosis Value="' + b"#" * 90_000 + b'" Terminology_id="ICD10" Coded_string="a' + b"#" * 90_000 + b'b"/></Diagnosis></Composition></r>',
        b"<r><MsgID/>" + b"".join(b"<t%d/>" % n for n in range(15_000)) + b"</r>",
        b"<r><MsgID " + b" ".join(b'a%d=""' % n for n in range(12_000)) + b"/></r>",
        b"<r><MsgID/><Composition>" + b'<Diagnosis Terminology_id="ICD10" Coded_string="A0"/>' * 3000 + b"</Composition></r>",
        b'{"MsgID": {}, "Composition": {"Diagnosis": [' + b",".join(b'{"Diagnosis": {"Terminology_id": "ICD10", "Coded_string": "z%d"}}' % n for n in range(2500)) + b"]}}",
        b"[" * 100_000,
        "<r><MsgID/><Composition><Diagnosis><Diagnosis Value='\u202e\u0000' Terminology_id='ICD10' Coded_string='\u200f'/></Diagnosis></Composition></r>".encode(),
    ],
    ids=["comments in an instruction", "signs in a code", "many names", "many attributes", "many items", "many different items", "brackets", "marks"],
)  # fmt: skip
def test_hostile_messages_end_soon(service, attack):
    started = time.perf_counter()
    status, _, _ = service.ask("/v1/messages", attack)
    assert status in (200, 422) and time.perf_counter() - started < 10
    assert service.lives()


def test_slow_callers_are_let_go(service):
    head = b"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
    assert b"408" in raw(service, head), "headers that never end"
    assert b"408" in raw(service, *(head[i : i + 1] for i in range(12)), pause=0.2), "a byte at a time does not set the clock back"
    assert b"408" in raw(service, head + b"\r\n<a>"), "a body that never ends"
    assert b"408" in raw(service), "silence"
    after = raw(service, b"PUT /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<a>")
    assert b"405" in after and b"<still open>" not in after, "a refused body that never ends"
    assert service.lives()


def test_what_is_no_http_is_refused(service):
    for sent in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: " + b"b" * 200_000 + b"\r\n\r\n"):
        assert raw(service, sent).startswith(b"HTTP/1.1 400"), sent[:20]
    assert b"426" not in raw(service, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close, upgrade\r\nUpgrade: websocket\r\n\r\n")
    chunked = raw(service, b"POST /v1/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"x" * 65536 + b"\r\n" + b"30000\r\n" + b"x" * 196608 + b"\r\n0\r\n\r\n")
    assert b"413" in chunked.split(b"\r\n")[0]
    assert service.lives()


def test_many_at_once_and_callers_that_hang_up(service):
    def one(number: int) -> int:
        if number % 5 == 0:
            with socket.create_connection(("127.0.0.1", service.port)) as connection:
                connection.sendall(b"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n<a>")
            return 0
        if number % 7 == 0:
            return service.ask("/v1/messages", b"<broken " + b"x" * 1000 * number)[0]
        return service.ask("/v1/messages?places=true", m.xml_a(m.bill(number)).encode())[0]

    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        found = list(pool.map(one, range(120)))
    assert set(found) <= {0, 200, 422} and found.count(200) > 70
    assert service.lives()


def test_planted_values_appear_nowhere(service, home, tmp_path_factory):
    before = {path for path in home.root.rglob("*") if path.is_file()}
    for write in m.DIALECTS.values():
        text = write(m.bill())
        for bad in (text, text[: len(text) // 2], text + "x", text.replace("MsgID", "MsgID\x01"), text + text, SECRETS[0], text.replace("036", SECRETS[2])):
            service.ask("/v1/messages?places=true", bad.encode())
            service.ask("/v1/batch", bad.encode())
        service.ask(f"/v1/messages?operation={SECRETS[2]}", text.encode(), X_Name=SECRETS[3])
    service.ask(f"/{SECRETS[2]}")
    service.ask(f"/v1/lists?on={SECRETS[2]}")
    raw(service, b"GARBAGE " + SECRETS[2].encode() + b"\r\n\r\n")
    time.sleep(0.3)
    said = service.said()
    assert "POST /v1/messages 200" in said and "POST /v1/messages 422" in said
    assert [secret for secret in SECRETS if secret in said] == []
    temp = tmp_path_factory.getbasetemp()
    assert [path for path in temp.rglob("temp/**/*") if path.is_file()] == [] and {path for path in home.root.rglob("*") if path.is_file()} == before


def test_rate_of_one_client(home, tmp_path):
    with running(home, tmp_path / "temp", "--rate", "3", "--on", "1401/12/25") as service:
        answers = [service.ask("/v1/messages", GOOD) for _ in range(12)]
        late = [answer for answer in answers if answer[0] != 200]
        assert 2 <= len(late) <= 7 and all(error(answer) == (429, "too_many_requests") and int(answer[1]["retry-after"]) >= 1 for answer in late)
        time.sleep(1.2)
        assert service.ask("/v1/messages", GOOD)[0] == 200
        second = service.process.args
        import subprocess

        taken = subprocess.run([*second[:-4], "--port", str(service.port)], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert taken.returncode == 3 and "Choose another with --port" in taken.stderr and "Traceback" not in taken.stderr
