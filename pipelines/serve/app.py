"""The addresses of the service and what each answers, documented as OpenAPI at /openapi.json. Thin: work is `desk.py`'s and `batch.py`'s.

Belongs here: routes, their parameters, which thread works. Nothing loads from another host.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from pipelines import charts
from pipelines.jalali import jdate
from pipelines.serve import batch, schemas
from pipelines.serve.answers import lists_of
from pipelines.serve.desk import Asking, Desk, Shape, day_of
from pipelines.serve.guard import Guard, received, refused
from pipelines.serve.limits import Limits
from pipelines.serve.page import page
from pipelines.serve.refusals import Refusal

WORKERS = 4
_LINES_AT_ONCE = 20
On = Annotated[str | None, Query(max_length=20, description="Judge as on this day: 1401/12/20 or 2023-03-11. Default: the service's --on, else today in Tehran.")]
Operation = Annotated[str | None, Query(max_length=100, description="The operation it would be sent with (SavePatientBill …), for messages whose root does not say.")]
InShape = Annotated[Shape, Query(description="sepas-dq: ours; sepas: a list of ValidationResultVO; sepas-first: one ValidationResultVO; both: ours with the list in it.")]
WithPlaces = Annotated[bool, Query(description="Also line, column and range of every judged item in the text sent.")]


WithAdvice = Annotated[bool, Query(description="Also ranked suggestions for failing items and the remarks of extra checks. A quarter of a second instead of milliseconds.")]


def _answered(desk: Desk, sent: bytes, asking: Asking) -> bytes:
    return orjson.dumps(desk.answered(sent, asking), default=str)


def json(said: Any) -> Response:
    return Response(orjson.dumps(said, default=str), media_type="application/json")


def build(desk: Desk, limits: Limits) -> Guard:
    """The service as an ASGI application."""
    app = FastAPI(title="sepas-dq serve", version="1", description=schemas.DESCRIPTION, docs_url=None, redoc_url=None)
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="judge")
    batches = asyncio.Semaphore(limits.batches_at_once)

    async def work(function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, function, *arguments)

    advising = ThreadPoolExecutor(1, thread_name_prefix="advisor")  # advice never holds up verdicts
    asked_for_advice = asyncio.Semaphore(limits.advised_at_once)

    @app.post("/v1/messages", responses=schemas.MESSAGE_RESPONSES, openapi_extra=schemas.MESSAGE_BODY, summary="Judge one message")
    async def messages(request: Request, on: On = None, operation: Operation = None, shape: InShape = "sepas-dq", places: WithPlaces = False, advice: WithAdvice = False) -> Response:
        asking = Asking(day_of(on), operation, shape, places, advice, "charset=utf-8" in request.headers.get("content-type", "").lower())
        sent = await received(request, limits.max_bytes, limits.timeout)
        answered = partial(_answered, desk, sent, asking)
        if not advice:
            return Response(await work(answered), media_type="application/json")
        if asked_for_advice.locked():
            raise Refusal("busy", f"{limits.advised_at_once} requests for advice are waiting", 2)
        async with asked_for_advice:
            return Response(await asyncio.get_running_loop().run_in_executor(advising, answered), media_type="application/json")

    @app.post("/v1/batch", responses=schemas.BATCH_RESPONSES, openapi_extra=schemas.BATCH_BODY, summary="Judge many messages, one answer a line")
    async def many(request: Request, on: On = None, operation: Operation = None, shape: InShape = "sepas-dq") -> Response:
        asking = Asking(day_of(on), operation, shape)
        if batches.locked():
            raise Refusal("busy", f"{limits.batches_at_once} batches are being answered", 5)
        await batches.acquire()
        try:
            sent = await received(request, limits.batch_bytes, 3 * limits.timeout)
            found = await work(batch.entries, sent, limits.batch_messages)
        except BaseException:
            batches.release()
            raise
        return StreamingResponse(_lines(batch.answered(desk, found, asking, limits.max_bytes), work, batches), media_type="application/x-ndjson")

    _tell(app, desk)
    _refuse_in_one_shape(app)
    return Guard(app, limits)


def _tell(app: FastAPI, desk: Desk) -> None:
    """What may be asked without a message: rules, lists, health, the form."""

    @app.get("/v1/rules", responses=schemas.RULES_RESPONSES, summary="The rules and their start dates")
    async def rules() -> Response:
        return json([schemas.rule_of(rule) for rule in desk.rules.values()])

    @app.get("/v1/lists", responses=schemas.LISTS_RESPONSES, summary="The code lists of a day, and whether they are stand-ins")
    async def lists(on: On = None) -> Response:
        day = day_of(on) or desk.today()
        found = desk.judge.in_force(day)
        return json({"on": {"date": day.isoformat(), "jalali": jdate(day)}, "list_policy": desk.judge.list_policy, "lists": lists_of(found, set(found))})

    @app.get("/v1/health", responses=schemas.HEALTH_RESPONSES, summary="Whether the service answers, and by which lists")
    async def health() -> Response:
        return json({"ok": True, "rules": len(desk.rules), "lists": desk.judge.fingerprint, "today": jdate(desk.today())})

    @app.get("/", include_in_schema=False)
    async def form() -> Response:
        return HTMLResponse(page().html, headers={"content-security-policy": page().policy})

    @app.get("/font.woff2", include_in_schema=False)
    async def font() -> Response:
        return FileResponse(Path(charts.__file__).parent / "fonts" / "Vazirmatn.woff2", media_type="font/woff2")


async def _lines(lines: Iterator[bytes], work: Callable[..., Any], batches: asyncio.Semaphore) -> AsyncIterator[bytes]:
    """Some lines at a time, so that single messages are answered in between."""
    try:
        while some := await work(lambda: list(islice(lines, _LINES_AT_ONCE))):
            yield b"".join(some)
    finally:
        batches.release()


def _refuse_in_one_shape(app: FastAPI) -> None:
    """Every error of every part as a Refusal; what was sent is never quoted."""

    @app.exception_handler(Refusal)
    async def ours(_: Request, refusal: Refusal) -> Response:
        return refused(refusal)

    @app.exception_handler(RequestValidationError)
    async def parameters(_: Request, error: RequestValidationError) -> Response:
        accepted = "; ".join(sorted({f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors() if fault["loc"][-1] in schemas.PARAMETERS}))
        return refused(Refusal("bad_parameter", accepted))

    @app.exception_handler(Exception)
    async def fault(_: Request, __: Exception) -> Response:
        return refused(Refusal("failed"))  # and raised on: the guard logs where it happened

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> Response:
        response = refused(Refusal({404: "unknown_path", 405: "wrong_method"}.get(error.status_code, "bad_request")))
        with suppress(KeyError):
            response.headers["allow"] = (error.headers or {})["Allow"]
        return response
