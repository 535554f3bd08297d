"""Requests made from the OpenAPI document, right and wrong ones: no server error, answers as documented, the service lives on."""

import asyncio
import contextlib

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pipelines.serve.app import build
from pipelines.serve.limits import Limits


@pytest.fixture(scope="module")
def document(desk):
    return schemathesis.openapi.from_asgi("/openapi.json", build(desk, Limits(rate=0)))


@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
def test_no_request_ends_in_a_server_error(document, mode):
    """Schemathesis' own pytest plugin does not know this pytest yet: its strategies are given to Hypothesis by hand."""
    asked: dict[str, set[int]] = {}
    for result in document.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=25, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
        def ask(case):
            response = case.call()
            asked.setdefault(case.operation.label, set()).add(response.status_code)
            case.validate_response(response, checks=[not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance])

        with contextlib.suppress(Unsatisfiable):  # nothing about a rule list can be asked wrongly
            ask()
    assert "POST /v1/messages" in asked and "POST /v1/batch" in asked
    assert any(status >= 400 for status in asked["POST /v1/messages"])


def test_a_fault_of_ours_is_told_without_the_message(desk, monkeypatch, caplog):
    """An exception's text may quote a message: neither the answer nor the log has it."""

    def broken(*_, **__):
        raise ValueError("0084571239 in the text of an exception")

    monkeypatch.setattr("pipelines.serve.desk.read", broken)
    app = build(desk, Limits(rate=0))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as client:
            return await client.post("/v1/messages", content=b"<a>0084571239</a>")

    with caplog.at_level("INFO", logger="sepas_dq.serve"):
        response = asyncio.run(ask())
    assert response.status_code == 500 and response.json()["error"]["reason"] == "failed"
    from pipelines.serve.logs import _Careful

    said = "\n".join(_Careful().format(record) for record in caplog.records)
    assert "ValueError at pipelines/serve/desk.py:" in said and "POST /v1/messages 500" in said
    assert "0084571239" not in said + response.text


def test_a_full_service_says_so(desk):
    app = build(desk, Limits(rate=0, at_once=0))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as client:
            return await client.post("/v1/messages", content=b"<a/>")

    response = asyncio.run(ask())
    assert response.status_code == 503 and response.headers["retry-after"] == "1" and response.json()["error"]["reason"] == "busy"
